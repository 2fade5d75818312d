import LosslessJSON

/// Adds an Envoy sidecar to task definitions, and takes it out again.
///
///     let node = try AppMeshResource("mesh/shop/virtualNode/web")
///     let injector = Injector(InjectionOptions(controlPlane: .appMesh(node)))
///     let output = try injector.inject(bytes).output
public struct Injector: Sendable {
  /// What a document's labels ask for: option name and value.
  public typealias Labels = [(name: String, value: String)]

  private let options: @Sendable (Labels) throws(OptionError) -> InjectionOptions
  /// Logical ids of the task definitions to inject in a template; empty: all.
  let resources: [String]

  /// Injects with these options, whatever a document's labels say.
  public init(_ options: InjectionOptions) {
    self.options = { _ in options }
    resources = options.resources
  }

  /// Injects with options that depend on the labels of each task definition.
  ///
  /// - Parameter resources: logical ids of the task definitions to inject in a CloudFormation
  ///   template; empty: all of them.
  public init(
    resources: [String] = [],
    resolving options: @escaping @Sendable (Labels) throws(OptionError) -> InjectionOptions
  ) {
    self.resources = resources
    self.options = options
  }

  /// The document with Envoy. One that has it already is uninjected first: injecting twice changes
  /// nothing, and other options or a newer version upgrade in place.
  ///
  /// - Parameter bytes: a task definition as JSON in UTF-8.
  /// - Throws: when the document is not injected; nothing of it should be used then.
  public func inject(_ bytes: [UInt8]) throws(InjectionError) -> Injection {
    let opened = try OpenedDocument(bytes, resources: resources)
    guard opened.tasks.contains(where: { !$0.isOptedOut }) else {
      return opened.passing(bytes, .optedOut)
    }
    return try run(opened).injection(of: bytes)
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
    if opened.task.isOptedOut {
      return RolePolicies(of: opened.task)
    }
    let injected = opened.task.isGateway ? opened.task.containers : TakeBack.added(in: opened.task)
    if !injected.isEmpty {
      return RolePolicies(
        ofInjected: opened.task, containers: injected, certificates: certificates)
    }
    let run = try run(opened)
    guard let task = run.tasks.first else { return RolePolicies(of: opened.task) }
    var policies = RolePolicies(
      of: task, containers: task.addedContainers, sendsTraces: task.tracingDaemon != nil,
      certificates: certificates)
    policies.warnings = run.warnings
    return policies
  }

  private func run(_ opened: OpenedDocument) throws(InjectionError) -> PipelineRun {
    var opened = opened
    let former = opened.tasks.map(FormerEnvoy.init)
    _ = try opened.takeBack()
    let earlier = try takeOutForeign(&opened)
    // Injecting starts from the bytes that uninject gives back, as if they had been read: what is
    // inserted looks the same however the document came.
    let start =
      earlier.isEmpty
      ? opened : try OpenedDocument(opened.rendered(opened.task.document), resources: resources)
    var document = start.task.document
    var findings = opened.findings
    var runs: [PipelineRun.Task] = []
    for (place, former) in zip(start.places, former) {
      let task = TaskDefinition(document, at: place)
      if task.isOptedOut { continue }
      var options = try resolve(task)
      options.stand(for: former)
      let selection = ContainerSelection(only: options.onlyContainers, skip: options.skipContainers)
      var selected = TaskDefinition(document, at: place, selection: selection)
      Pipeline(Plan(options: options, former: former)).run(on: &selected, &findings)
      if findings.hasErrors { throw .refused(opened.located(findings)) }
      document = selected.document
      runs.append(PipelineRun.Task(task: selected, options: options))
    }
    try opened.refuseUnsafeEdits(of: document)
    return PipelineRun(
      opened: start, document: document, runs: runs, earlierEdits: opened.visible(earlier),
      warnings: opened.located(findings) + (start.list?.findings(document.edits) ?? []))
  }

  /// - Returns: the edits that were made to the document so far.
  private func takeOutForeign(_ opened: inout OpenedDocument) throws(InjectionError) -> [Edit] {
    // Labels of an Envoy that went away are no orders.
    var replaces = false
    for task in opened.tasks { replaces = try resolve(task).replacesForeign || replaces }
    if replaces { _ = try opened.takeOutForeign() }
    return opened.task.document.edits
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
    let document = opened.task.document
    return opened.injection(
      .uninjected, output: opened.rendered(document), edits: opened.visible(document.edits),
      opened.located(opened.findings))
  }

  private func resolve(_ task: TaskDefinition) throws(InjectionError) -> InjectionOptions {
    do throws(OptionError) {
      return try options(task.optionLabels)
    } catch {
      throw .options(error)
    }
  }
}

extension OptionError.Message {
  fileprivate static func severalTasks(_ names: [String]) -> Self {
    Self(
      "the template has several task definitions: \(names.joined(separator: ", "))",
      fix: "pick one with --resource")
  }
}
