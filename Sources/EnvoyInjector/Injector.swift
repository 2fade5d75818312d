import CloudFormation
public import LosslessJSON
public import RolePolicies
import TaskChecks
public import TaskDefinitions

/// Adds an Envoy sidecar to task definitions, and removes it again.
///
///     let node = try AppMeshResource("mesh/shop/virtualNode/web")
///     let injector = Injector(InjectionOptions(controlPlane: .appMesh(node)))
///     let output = try injector.inject(bytes).output
public struct Injector: Sendable {
  /// The option values that a document's labels set.
  public typealias Labels = [OptionLabel]

  /// The recipe for task definitions without labels, built once.
  let usual: Recipe
  /// Resolves the options of a task definition with labels, or `nil` if labels have no effect.
  private let labelled: (@Sendable (Labels) throws(Problem) -> InjectionOptions)?

  /// Creates an injector that ignores the labels of documents.
  public init(_ options: InjectionOptions) {
    usual = Recipe(options)
    labelled = nil
  }

  /// Creates an injector whose options depend on the labels of each task definition.
  ///
  /// - Parameters:
  /// - options: the options of a task definition without labels. Their resources apply to every document.
  /// - labelled: resolves the options of a task definition with labels. If the label `inject` is
  /// `disabled`, it gets only that label, and throws if documents may not opt out.
  public init(
    _ options: InjectionOptions,
    resolving labelled: @escaping @Sendable (Labels) throws(Problem) -> InjectionOptions
  ) {
    usual = Recipe(options)
    self.labelled = labelled
  }

  /// Logical ids of the task definitions in a template to inject. Empty means all.
  var resources: [String] { usual.options.resources }

  /// The values for what templates leave open.
  var parameters: GivenValues { usual.options.parameters }

  /// The options' patches, which ``uninject(_:foreign:)`` needs.
  package var patches: JSONPatch? { usual.options.patches }

  /// Adds Envoy to a document. If the document has one already, it is uninjected first, so that injecting twice
  /// changes nothing, and other options or a newer version replace the old Envoy.
  ///
  /// - Parameter bytes: a task definition as JSON in UTF-8.
  /// - Throws: an error if the document is rejected. There is no partial output.
  public func inject(_ bytes: [UInt8]) throws(InjectionError) -> Injection {
    let opened = try open(bytes)
    if opened.places.isEmpty { return try passing(opened, bytes) }
    if try isOptedOut(opened) {
      return opened.passing(bytes, .optedOut)
    }
    return try run(consume opened).injection(of: bytes)
  }

  /// Opens a document to inject it, or to predict the result.
  func open(_ bytes: [UInt8]) throws(InjectionError) -> OpenedDocument {
    var opened = try OpenedDocument(bytes, resources: resources, given: parameters)
    try opened.checkTemplate(given: parameters)
    return opened
  }

  /// The result for a template without a task definition, which is printed unchanged.
  private func passing(
    _ opened: OpenedDocument, _ bytes: [UInt8]
  ) throws(InjectionError) -> Injection {
    guard usual.options.requiresTaskDefinition else {
      return opened.injection(
        .noTaskDefinition, PrintedText(bytes), opened.located(opened.findings))
    }
    throw opened.withoutTask
  }

  /// The policies that the roles of the document's tasks need for Envoy.
  ///
  /// A document that is already injected and a gateway are used as they are.
  ///
  /// - Parameters:
  ///   - bytes: a task definition as JSON in UTF-8.
  /// - certificates: the certificates that App Mesh's TLS needs.
  /// - warnsOfTrust: whether to warn about a trust policy if the account and the region of the task
  /// are unknown.
  /// - Throws: an error if the document cannot be injected, or a name in it would grant more than it names.
  public func policies(
    for bytes: [UInt8], certificates: Certificates = Certificates(),
    warnsOfTrust: (RolePolicies) -> Bool = { _ in false }
  ) throws(InjectionError) -> RolePolicies {
    var policies = try toleratingMissingRoles.policies(for: bytes, certificates)
    if policies.trust == nil, warnsOfTrust(policies) {
      policies.warnings.append(Problem(GrantPermissions.openTrust, at: Place(offset: 0)))
    }
    return policies
  }

  /// This injector for a task whose roles do not exist yet.
  private var toleratingMissingRoles: Injector {
    var options = usual.options
    options.toleratesMissingRoles = true
    guard let labelled else { return Injector(options) }
    return Injector(options) { labels throws(Problem) in
      var options = try labelled(labels)
      options.toleratesMissingRoles = true
      return options
    }
  }

  private func policies(
    for bytes: [UInt8], _ certificates: Certificates
  ) throws(InjectionError) -> RolePolicies {
    var opened = try open(bytes)
    if opened.places.isEmpty { throw opened.withoutTask }
    guard opened.places.count == 1 else {
      throw severalTasks(in: opened)
    }
    let added = TakeBack.addedContainers(in: opened.task)
    if !added.isEmpty {
      // A ledger that inject cannot have written does not tell which containers were added.
      var trial = opened
      _ = try trial.takeBack(patches)
      try refuseWildcards(of: added, in: opened)
      return RolePolicies(of: opened.task, for: added, certificates: certificates)
    }
    let run = try ignoringSize.run(copy opened)
    let first = run.record.tasks.first
    opened.task = run.record.firstTask ?? opened.task
    try refuseWildcards(of: first?.addedContainers ?? [], in: opened)
    var policies = RolePolicies(
      of: opened.task, for: first?.addedContainers ?? [],
      sendsTraces: first?.roles.sendsTraces, certificates: certificates)
    policies.warnings = run.warnings
    return policies
  }

  /// An injector that does not look at the size of a task, on which no permission depends.
  private var ignoringSize: Injector {
    guard let labelled else { return Injector(usual.options.ignoringSize) }
    return Injector(usual.options.ignoringSize) { labels throws(Problem) in
      try labelled(labels).ignoringSize
    }
  }

  private func severalTasks(in opened: OpenedDocument) -> InjectionError {
    let names = opened.places.compactMap(\.resource)
    let fix: Wording? =
      names.isEmpty ? "Pass each of them: jq -c '.[]' FILE | inject-envoy policy" : nil
    return .options(
      Problem(
        Self.severalTasks,
        ["names": names.isEmpty ? opened.displayName ?? "" : names.joined(separator: ", ")],
        fix: fix))
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

  /// - Parameter opened: consumed, because a second owner would make the first edit copy the document.
  func run(_ opened: consuming OpenedDocument) throws(InjectionError) -> PipelineRun {
    let former = opened.mapTasks(formerEnvoy)
    _ = try opened.takeBack(patches)
    try takeOutForeign(&opened)
    let isEdited = opened.task.document.editCount > 0
    // Injection starts from a document that is parsed from the bytes that uninject restores, so that the
    // inserted text does not depend on whether the input was injected.
    var start =
      isEdited
      ? try OpenedDocument(
        opened.rendered(opened.task.document), resources: resources, given: parameters)
      : opened.giveAway()
    let (places, list, family) = (start.places, start.list, start.displayName)
    // From here on, only the context owns the document, so edits do not copy it.
    var context = StageContext(start.giveAway().task)
    // Roles may also have grants of tasks that stay injected.
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

  /// Runs the pipeline for each task definition of a document in turn.
  ///
  /// - Parameter places: the places of the task definitions, each with the Envoy that it had.
  /// - Returns: the changes to each task, and the effects of labels.
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

  /// The Envoy that a task came with, unless a label calls it an application.
  private func formerEnvoy(of task: TaskDefinition) -> FormerEnvoy? {
    let former = task.formerEnvoy(usual.selection)
    guard let former, labelled != nil, !former.isOurs else { return former }
    return task.formerEnvoy(selection(of: task))
  }

  private func takeOutForeign(_ opened: inout OpenedDocument) throws(InjectionError) {
    // The labels of an Envoy container that was removed have no effect.
    let recipes = try opened.mapTasks { task throws(InjectionError) in
      try recipe(for: labels(of: task))
    }
    if recipes.contains(where: \.options.replacesForeign) {
      _ = try opened.takeOutForeign(recipes.map(\.selection))
    }
  }

  /// Restores a document, byte for byte, to its state before ``inject(_:)``. The options must have the
  /// patches that it was injected with.
  ///
  /// - Parameter foreign: whether to also remove an Envoy that this tool did not add. A container that the
  ///   options or a label skip is an application.
  /// - Throws: an error if the document or its ledger cannot be read.
  public func uninject(
    _ bytes: [UInt8], foreign: Bool = false
  ) throws(InjectionError) -> Injection {
    var opened = try OpenedDocument(bytes)
    var isChanged = try opened.takeBack(patches)
    if foreign {
      isChanged = try opened.takeOutForeign(opened.mapTasks(selection)) || isChanged
    }
    guard isChanged else { return opened.passing(bytes, .notInjected) }
    let record = InjectionRecord(opened.task.document, list: opened.list)
    return opened.injection(
      .uninjected, record.text, opened.located(opened.findings), record)
  }

  /// Which containers are applications. Labels that cannot be used have no effect, because they may be for
  /// an injection with other rules.
  private func selection(of task: TaskDefinition) -> ContainerSelection {
    let usable = labels(of: task).filter { options([$0]) != nil }
    return options(usable)?.selection ?? usual.selection
  }

  /// Restores a document, byte for byte, to its state before ``inject(_:)``. Every container may be an Envoy.
  ///
  /// - Parameters:
  ///   - foreign: whether to also remove an Envoy that this tool did not add.
  ///   - patches: the patches that it was injected with.
  /// - Throws: an error if the document or its ledger cannot be read.
  public static func uninject(
    _ bytes: [UInt8], foreign: Bool = false, patches: JSONPatch? = nil
  ) throws(InjectionError) -> Injection {
    var options = InjectionOptions()
    options.patches = patches
    return try Injector(options).uninject(bytes, foreign: foreign)
  }

  /// Whether labels exclude the whole document from injection.
  ///
  /// - Throws: an error if a label excludes it and documents may not opt out.
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
      throw .options(Self.problem(ofLabels: error))
    }
  }

  /// The effects of labels on a task after the pipeline.
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

  /// - Returns: `nil` if the labels are invalid.
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
      throw .options(Self.problem(ofLabels: error))
    }
  }
}

extension Injector {
  /// Every rule that reports why an injector cannot use a document's labels, or all of its task
  /// definitions.
  static let rules = [wrongLabel, severalTasks]

  private static let wrongLabel = Rule.error(
    "wrong-label", "A label of the document sets an option to a value that cannot be used.",
    fix: "Correct the label \(Mark.prefix)OPTION.")
  private static let severalTasks = Rule.error(
    "several-tasks", "The document has several task definitions: {names}.",
    fix: "Choose one with \(.resource).")

  /// - Parameter problem: of an option that labels set.
  private static func problem(ofLabels problem: Problem) -> Problem {
    Problem(wrongLabel, text: problem.text, fix: problem.fix, at: Place(offset: 0))
  }
}

extension InjectionOptions {
  fileprivate var ignoringSize: InjectionOptions {
    var options = self
    options.ignoresSize = true
    return options
  }
}
