public import LosslessJSON
public import RolePolicies
import TaskChecks
public import TaskDefinitions

/// Adds an Envoy sidecar to task definitions, and takes it out again.
///
///     let node = try AppMeshResource("mesh/shop/virtualNode/web")
///     let injector = Injector(InjectionOptions(controlPlane: .appMesh(node)))
///     let output = try injector.inject(bytes).output
public struct Injector: Sendable {
  /// The options that a document's labels set.
  public typealias Labels = [OptionLabel]

  /// The recipe of task definitions without labels, made once.
  let usual: Recipe
  /// Resolves the options of a task definition with labels; `nil` if labels have no effect.
  private let labelled: (@Sendable (Labels) throws(Problem) -> InjectionOptions)?

  /// Injects with these options, whatever a document's labels say.
  public init(_ options: InjectionOptions) {
    usual = Recipe(options)
    labelled = nil
  }

  /// Injects with options that depend on the labels of each task definition.
  ///
  /// - Parameters:
  ///   - options: of a task definition without labels; its resources are those of every document.
  ///   - labelled: makes the options of one that has labels. It gets the label `inject` alone where
  ///     that says `disabled`, and throws where a document may not say that.
  public init(
    _ options: InjectionOptions,
    resolving labelled: @escaping @Sendable (Labels) throws(Problem) -> InjectionOptions
  ) {
    usual = Recipe(options)
    self.labelled = labelled
  }

  /// Logical ids of the task definitions to inject in a template; empty: all.
  var resources: [String] { usual.options.resources }

  /// Those of the options, which ``uninject(_:foreign:patches:)`` must know.
  package var patches: JSONPatch? { usual.options.patches }

  /// The document with Envoy. One that has it already is uninjected first: injecting twice changes
  /// nothing, and other options or a newer version upgrade in place.
  ///
  /// - Parameter bytes: a task definition as JSON in UTF-8.
  /// - Throws: when the document is not injected; nothing of it should be used then.
  public func inject(_ bytes: [UInt8]) throws(InjectionError) -> Injection {
    let opened = try open(bytes)
    if opened.places.isEmpty { return try passing(opened, bytes) }
    if try isOptedOut(opened) {
      return opened.passing(bytes, .optedOut)
    }
    return try run(consume opened).injection(of: bytes)
  }

  /// Reads a document to inject it, or to say what an injection would do.
  func open(_ bytes: [UInt8]) throws(InjectionError) -> OpenedDocument {
    var opened = try OpenedDocument(bytes, resources: resources)
    try opened.checkTemplate()
    return opened
  }

  /// A template without a task definition, as it is.
  private func passing(
    _ opened: OpenedDocument, _ bytes: [UInt8]
  ) throws(InjectionError) -> Injection {
    guard usual.options.requiresTaskDefinition else {
      return opened.injection(
        .noTaskDefinition, output: bytes, opened.located(opened.findings))
    }
    throw opened.withoutTask
  }

  /// The policies that the roles of the document's task need for its Envoy.
  ///
  /// A document that is injected already, and a gateway's, are read as they stand.
  ///
  /// - Parameters:
  ///   - bytes: a task definition as JSON in UTF-8.
  ///   - certificates: what App Mesh's TLS needs.
  ///   - warnsOfTrust: whether a trust policy gets a warning if the account and the region of the task
  ///     are unknown.
  /// - Throws: when the document can't be injected, or a name in it would allow more than it names.
  public func policies(
    for bytes: [UInt8], certificates: Certificates = Certificates(),
    warnsOfTrust: (RolePolicies) -> Bool = { _ in false }
  ) throws(InjectionError) -> RolePolicies {
    var policies = try policies(for: bytes, certificates)
    if policies.trust == nil, warnsOfTrust(policies) {
      policies.warnings.append(Problem(GrantPermissions.openTrust, at: Place(offset: 0)))
    }
    return policies
  }

  private func policies(
    for bytes: [UInt8], _ certificates: Certificates
  ) throws(InjectionError) -> RolePolicies {
    var opened = try open(bytes)
    if opened.places.isEmpty { throw opened.withoutTask }
    guard opened.places.count == 1 else {
      throw .options(.severalTasks(opened.places.compactMap(\.resource)))
    }
    let added = TakeBack.addedContainers(in: opened.task)
    if !added.isEmpty {
      // A ledger that can't be inject's does not say which containers are.
      var trial = opened
      _ = try trial.takeBack(patches)
      try refuseWildcards(of: added, in: opened)
      return RolePolicies(of: opened.task, for: added, certificates: certificates)
    }
    let run = try run(copy opened)
    let first = run.record.tasks.first
    opened.task = run.record.firstTask ?? opened.task
    try refuseWildcards(of: first?.addedContainers ?? [], in: opened)
    var policies = RolePolicies(
      of: opened.task, for: first?.addedContainers ?? [],
      sendsTraces: first?.roles.sendsTraces, certificates: certificates)
    policies.warnings = run.warnings
    return policies
  }

  private func refuseWildcards(
    of added: [NodeID], in opened: OpenedDocument
  ) throws(InjectionError) {
    var findings = Findings()
    for node in added.flatMap({ AddedContainer(opened.task, $0).wildcards }) {
      findings.add(GrantPermissions.wildcardGrant, at: node, in: opened.task.document)
    }
    if findings.hasErrors { throw .refused(opened.located(findings)) }
  }

  /// - Parameter opened: consumed. A second owner would make the first edit copy the document.
  func run(_ opened: consuming OpenedDocument) throws(InjectionError) -> PipelineRun {
    let former = opened.mapTasks { $0.formerEnvoy(usual.selection) }
    _ = try opened.takeBack(patches)
    try takeOutForeign(&opened)
    let isEdited = opened.task.document.editCount > 0
    // Injecting starts from the bytes that uninject gives back, as if they had been read: what is
    // inserted looks the same however the document came.
    let start =
      isEdited
      ? try OpenedDocument(opened.rendered(opened.task.document), resources: resources)
      : copy opened
    let (places, list, family) = (start.places, start.list, start.displayName)
    // From here on the context alone owns the document that is edited.
    var context = StageContext((consume start).task)
    // The tasks that stay injected while others are injected anew.
    if context.task.place.values != nil {
      context.grantedRoles = GrantedRole.origins(Ledger.all(in: context.task.document))
    }
    var findings = opened.findings
    let (tasks, effects) = try inject(
      into: Array(zip(places, former)), &context, &findings)
    if findings.hasErrors { throw .refused(opened.located(findings.errors)) }
    let document = context.task.document
    try opened.refuseUnsafeEdits(of: document)
    let warnings = opened.located(findings) + (list?.findings(document.edits) ?? [])
    let record = InjectionRecord(
      document, list: list, read: isEdited ? opened : nil, tasks: tasks, labelEffects: effects)
    return PipelineRun(record: record, family: family, warnings: warnings)
  }

  /// Sends the task definitions of a document through the pipeline, one after another.
  ///
  /// - Parameter places: of the task definitions, each with the Envoy that it had.
  /// - Returns: what was done to each, and what labels changed.
  private func inject(
    into places: [(TaskPlace, FormerEnvoy?)], _ context: inout StageContext,
    _ findings: inout Findings
  ) throws(InjectionError) -> ([InjectedTask], [LabelEffect]) {
    var tasks: [InjectedTask] = []
    var labelled: [(task: InjectedTask, labels: Labels)] = []
    var optedOut: [LabelEffect] = []
    for (place, former) in places {
      context.turn(to: place)
      if context.task.isOptedOut {
        try requireOptOut()
        optedOut.append(LabelEffect(task: context.task.displayName, isOptedOut: true))
        continue
      }
      let labels = labels(of: context.task)
      let recipe = try recipe(for: labels).following(former)
      context.roles.selection = recipe.selection
      recipe.pipeline.run(&context)
      findings.add(context.findings)
      let task = InjectedTask(context, recipe.plan)
      tasks.append(task)
      if !labels.isEmpty { labelled.append((task, labels)) }
    }
    let effects = labelled.map { effect(of: $0.labels, on: $0.task, context.task.document) }
    return (tasks, effects + optedOut)
  }

  private func takeOutForeign(_ opened: inout OpenedDocument) throws(InjectionError) {
    // The labels of an Envoy container that was removed have no effect.
    let replaces = try opened.mapTasks { task throws(InjectionError) in
      try recipe(for: labels(of: task)).options.replacesForeign
    }
    if replaces.contains(true) { _ = try opened.takeOutForeign(usual.selection) }
  }

  /// The document without what ``inject(_:)`` added: byte for byte what it was.
  ///
  /// - Parameters:
  ///   - foreign: take out an Envoy that this tool did not add as well.
  ///   - patches: those with which it was injected.
  /// - Throws: when the document or its ledger can't be read.
  public static func uninject(
    _ bytes: [UInt8], foreign: Bool = false, patches: JSONPatch? = nil
  ) throws(InjectionError) -> Injection {
    var opened = try OpenedDocument(bytes)
    var isChanged = try opened.takeBack(patches)
    if foreign { isChanged = try opened.takeOutForeign() || isChanged }
    guard isChanged else { return opened.passing(bytes, .notInjected) }
    return opened.injection(
      .uninjected, output: opened.rendered(opened.task.document),
      opened.located(opened.findings), InjectionRecord(opened.task.document, list: opened.list))
  }

  /// Whether labels leave the whole document as it is.
  ///
  /// - Throws: when a label says so that may not.
  func isOptedOut(_ opened: OpenedDocument) throws(InjectionError) -> Bool {
    guard opened.tasks(are: \.isOptedOut) else { return false }
    try requireOptOut()
    return true
  }

  private func requireOptOut() throws(InjectionError) {
    let option = String(Mark.inject.dropFirst(Mark.prefix.count))
    do throws(Problem) {
      _ = try labelled?([OptionLabel(name: option, value: Mark.disabled)])
    } catch {
      throw .options(error)
    }
  }

  /// The effects of labels on a task that went through the pipeline.
  private func effect(
    of labels: Labels, on injected: InjectedTask, _ document: Document
  ) -> LabelEffect {
    let options = options(labels)
    let changing = labels.indices.filter { index in
      var rest = labels
      rest.remove(at: index)
      return self.options(rest) != options
    }
    let task = TaskDefinition(document, at: injected.place)
    let roles = injected.roles
    var usualRoles = roles
    usualRoles.selection = usual.selection
    let applications = roles.applications(of: task)
    let usualApplications = usualRoles.applications(of: task)
    var ignored = Findings()
    let ports = injected.plan.options.servedPorts(of: applications, in: task, &ignored)
    let usualPorts = usual.options.servedPorts(of: usualApplications, in: task, &ignored)
    return LabelEffect(
      task: task.place.resource, labels: changing.map { labels[$0] },
      ports: usualPorts.filter { !ports.contains($0) }.map { port in
        port.spelling.string ?? port.spelling.compactText
      },
      containers: usualApplications.filter { !applications.contains($0) }
        .map { task.name(of: $0) })
  }

  /// - Returns: `nil` when the labels can't be used.
  private func options(_ labels: Labels) -> InjectionOptions? {
    labels.isEmpty ? usual.options : try? labelled?(labels)
  }

  private func labels(of task: TaskDefinition) -> Labels {
    labelled == nil ? [] : task.optionLabels
  }

  private func recipe(for labels: Labels) throws(InjectionError) -> Recipe {
    guard let labelled, !labels.isEmpty else { return usual }
    do throws(Problem) {
      return Recipe(try labelled(labels))
    } catch {
      throw .options(error)
    }
  }
}

extension Problem {
  fileprivate static func severalTasks(_ names: [String]) -> Self {
    Self(
      "The template has several task definitions: \(names.joined(separator: ", ")).",
      fix: "Choose one with \(.resource).")
  }
}
