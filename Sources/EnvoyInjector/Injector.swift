import LosslessJSON
public import RolePolicies
import TaskChecks
public import TaskDefinitions

/// Adds an Envoy sidecar to task definitions, and takes it out again.
///
///     let node = try AppMeshResource("mesh/shop/virtualNode/web")
///     let injector = Injector(InjectionOptions(controlPlane: .appMesh(node)))
///     let output = try injector.inject(bytes).output
public struct Injector: Sendable {
  /// What a document's labels ask for.
  public typealias Labels = [OptionLabel]

  /// For task definitions without labels: made once.
  private let usual: Recipe
  /// `nil`: labels make no difference.
  private let labelled: (@Sendable (Labels) throws(OptionError) -> InjectionOptions)?

  /// Injects with these options, whatever a document's labels say.
  public init(_ options: InjectionOptions) {
    usual = Recipe(options)
    labelled = nil
  }

  /// Injects with options that depend on the labels of each task definition.
  ///
  /// - Parameters:
  ///   - options: of a task definition without labels; its resources are those of every document.
  ///   - labelled: makes the options of one that has labels.
  public init(
    _ options: InjectionOptions,
    resolving labelled: @escaping @Sendable (Labels) throws(OptionError) -> InjectionOptions
  ) {
    usual = Recipe(options)
    self.labelled = labelled
  }

  /// Logical ids of the task definitions to inject in a template; empty: all.
  var resources: [String] { usual.options.resources }

  /// The document with Envoy. One that has it already is uninjected first: injecting twice changes
  /// nothing, and other options or a newer version upgrade in place.
  ///
  /// - Parameter bytes: a task definition as JSON in UTF-8.
  /// - Throws: when the document is not injected; nothing of it should be used then.
  public func inject(_ bytes: [UInt8]) throws(InjectionError) -> Injection {
    let opened = try OpenedDocument(bytes, resources: resources)
    if opened.tasks(are: \.isOptedOut) {
      return opened.passing(bytes, .optedOut)
    }
    return try run(consume opened).injection(of: bytes)
  }

  /// What the roles of the document's task must allow for its Envoy.
  ///
  /// A document that is injected already, and a gateway's, are read as they stand.
  ///
  /// - Parameters:
  ///   - bytes: a task definition as JSON in UTF-8.
  ///   - certificates: what App Mesh's TLS needs.
  /// - Throws: when the document can't be injected.
  public func policies(
    for bytes: [UInt8], certificates: Certificates = Certificates()
  ) throws(InjectionError) -> RolePolicies {
    let opened = try OpenedDocument(bytes, resources: resources)
    guard opened.places.count == 1 else {
      throw .options(OptionError(.severalTasks(opened.places.compactMap(\.resource))))
    }
    let added = TakeBack.addedContainers(in: opened.task)
    if !added.isEmpty {
      return RolePolicies(of: opened.task, for: added, certificates: certificates)
    }
    let run = try run(opened)
    let task = run.firstTask ?? opened.task
    var policies = RolePolicies(
      of: task, for: task.addedContainers, sendsTraces: task.tracingDaemon != nil ? true : nil,
      certificates: certificates)
    policies.warnings = run.warnings
    return policies
  }

  /// - Parameter opened: given away: with a second owner the first edit would copy all of it.
  func run(_ opened: consuming OpenedDocument) throws(InjectionError) -> PipelineRun {
    let former = opened.mapTasks(\.formerEnvoy)
    _ = try opened.takeBack()
    try takeOutForeign(&opened)
    let isEdited = opened.task.document.editCount > 0
    // Injecting starts from the bytes that uninject gives back, as if they had been read: what is
    // inserted looks the same however the document came.
    var start =
      isEdited
      ? try OpenedDocument(opened.rendered(opened.task.document), resources: resources)
      : copy opened
    let family = start.displayName
    var document = start.takeDocument()
    var findings = opened.findings
    var runs: [PipelineRun.Task] = []
    for (place, former) in zip(start.places, former) {
      var task = TaskDefinition(document, at: place)
      if task.isOptedOut { continue }
      let recipe = try recipe(for: task).following(former)
      task.selection = recipe.selection
      // A second owner would make the next edit copy the whole template.
      document = Document()
      recipe.pipeline.run(on: &task, &findings)
      if findings.hasErrors { throw .refused(opened.located(findings)) }
      swap(&document, &task.document)
      runs.append(PipelineRun.Task(task: task, recipe: recipe))
    }
    try opened.refuseUnsafeEdits(of: document)
    let warnings = opened.located(findings) + (start.list?.findings(document.edits) ?? [])
    return PipelineRun(
      read: isEdited ? opened : nil, opened: start, family: family, document: document,
      runs: runs, warnings: warnings)
  }

  private func takeOutForeign(_ opened: inout OpenedDocument) throws(InjectionError) {
    // Labels of an Envoy that went away are no orders.
    let replaces = try opened.mapTasks { task throws(InjectionError) in
      try recipe(for: task).options.replacesForeign
    }
    if replaces.contains(true) { _ = try opened.takeOutForeign() }
  }

  /// The document without what ``inject(_:)`` added: byte for byte what it was.
  ///
  /// - Parameter foreign: take out an Envoy that this tool did not add as well.
  /// - Throws: when the document or its ledger can't be read.
  public static func uninject(
    _ bytes: [UInt8], foreign: Bool = false
  ) throws(InjectionError) -> Injection {
    var opened = try OpenedDocument(bytes)
    var isChanged = try opened.takeBack()
    if foreign { isChanged = try opened.takeOutForeign() || isChanged }
    guard isChanged else { return opened.passing(bytes, .notInjected) }
    return opened.injection(
      .uninjected, output: opened.rendered(opened.task.document),
      Injection.Account(edits: { [opened] in opened.visible(opened.task.document.edits) }),
      opened.located(opened.findings))
  }

  private func recipe(for task: TaskDefinition) throws(InjectionError) -> Recipe {
    guard let labelled, case let labels = task.optionLabels, !labels.isEmpty else { return usual }
    do throws(OptionError) {
      return Recipe(try labelled(labels))
    } catch {
      throw .options(error)
    }
  }
}

extension OptionError.Message {
  fileprivate static func severalTasks(_ names: [String]) -> Self {
    Self(
      "the template has several task definitions: \(names.joined(separator: ", "))",
      fix: "pick one with \(.resource)")
  }
}
