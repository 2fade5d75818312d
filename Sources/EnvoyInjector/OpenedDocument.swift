import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// A document that was read and made register-ready, before anything is taken out or injected.
struct OpenedDocument {
  /// The task definitions in it: one, or the resources of a template.
  let places: [TaskPlace]
  /// A view of one of them, with the document.
  var task: TaskDefinition
  var findings = Findings()
  /// The place of the document's first byte in the input: behind a byte order mark; before it
  /// where a list was wrapped.
  private let skipped: Int
  /// The list of containers that the input is.
  let list: ContainerList?

  /// - Parameter resources: which task definitions of a template; empty: all.
  /// - Throws: when the bytes are no strict JSON, or no task definition.
  init(_ bytes: [UInt8], resources: [String] = []) throws(InjectionError) {
    let start = ByteOrderMark.end(in: bytes)
    var document = try DocumentFormat.read(bytes)
    list = ContainerList(bytes[start...], document)
    if let list { document = try DocumentFormat.read(list.wrapped) }
    skipped = start - (list?.offset ?? 0)
    if start > 0 { findings.add(Self.byteOrderMark, in: document) }
    RegisterForm().apply(to: &document)
    let isList = list != nil
    places = TaskPlace.all(in: document, named: resources, &findings).map { place in
      var place = place
      place.assumesNetworkMode = isList
      return place
    }
    task = TaskDefinition(document, at: places.first)
    task.noteContainers()
    for place in places where !findings.hasErrors {
      task.turn(to: place)
      RequireTaskDefinition().check(task, &findings)
    }
    if findings.hasErrors { throw .refused(located(findings.errors)) }
  }

  /// Reports what an injection cannot see in a template, which concerns no other command.
  ///
  /// - Throws: a task definition in a loop.
  mutating func checkTemplate() throws(InjectionError) {
    if places.first?.dialect != .register { CheckTemplate().check(task.document, &findings) }
    if findings.hasErrors { throw .refused(located(findings.errors)) }
  }

  /// Why a template without a task definition cannot be injected.
  var withoutTask: InjectionError {
    var findings = findings
    findings.add(
      Self.emptyTemplate, at: TemplateResource.section(of: task.document), in: task.document)
    return .refused(located(findings.errors))
  }

  /// The results for each task definition, with the document as it is now.
  func mapTasks<Result, Failure: Error>(
    _ transform: (TaskDefinition) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    // Another view of the only one would cost more than what is asked.
    if places.count == 1 { return [try transform(task)] }
    return try places.map { place throws(Failure) in
      try transform(TaskDefinition(task.document, at: place))
    }
  }

  /// Whether something holds for every task definition.
  func tasks(are condition: (TaskDefinition) -> Bool) -> Bool {
    mapTasks(condition).allSatisfy { $0 }
  }

  /// The document's name in reports.
  var displayName: String? {
    if places.count == 1 { return task.displayName.isEmpty ? nil : task.displayName }
    let names = mapTasks(\.displayName).filter { !$0.isEmpty }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  /// The findings with their places in the input; those in what filters added get the place of the
  /// closest container that was read.
  func located(_ findings: Findings) -> [Problem] {
    findings.all.map { finding in
      var tokens = finding.pointer.tokens
      var node = task.document.node(at: finding.pointer)
      while node == nil, !tokens.isEmpty {
        tokens.removeLast()
        node = task.document.node(at: JSONPointer(tokens))
      }
      var located = finding
      let offset = task.document.offset(of: node ?? task.document.root)
      located.place = Place(
        pointer: list?.pointer(finding.pointer) ?? finding.pointer,
        offset: max(0, skipped + offset))
      return located
    }
  }

  /// The input with the document's edits.
  func rendered(_ document: Document) -> [UInt8] {
    list?.rendered(document) ?? document.rendered()
  }

  /// The edits as whoever gave the input sees them.
  func visible(_ edits: [Edit]) -> [Edit] { list?.edits(edits) ?? edits }

  /// A template's layout may not allow every edit: then none is made.
  func refuseUnsafeEdits(of document: Document) throws(InjectionError) {
    let refusals = document.refusalFindings(from: skipped)
    guard refusals.isEmpty else { throw .refused(located(findings) + refusals) }
  }

  /// - Parameter patches: those of the configuration in force.
  /// - Returns: whether there was an injection to take back.
  mutating func takeBack(_ patches: JSONPatch? = nil) throws(InjectionError) -> Bool {
    var found = false
    var revoked: [RoleGrant] = []
    for place in places {
      task.turn(to: place)
      let takeBack = TakeBack(patches: patches)
      found = takeBack.apply(to: &task, &findings, revoked: &revoked) || found
    }
    if !findings.hasErrors, !revoked.isEmpty {
      let kept = Ledger.all(in: task.document).flatMap(\.grants)
      GrantedRole.revoke(revoked, except: kept, in: &task.document, &findings)
    }
    try refuseUnsafeEdits(of: task.document)
    if findings.hasErrors { throw .refused(located(findings)) }
    return found
  }

  /// - Parameter selection: the containers that the user calls applications are no Envoy.
  /// - Returns: whether there was anything of another's Envoy to take out.
  mutating func takeOutForeign(
    _ selection: ContainerSelection = ContainerSelection()
  ) throws(InjectionError) -> Bool {
    var found = false
    for place in places {
      task.turn(to: place)
      found = TakeOutForeign(selection: selection).apply(to: &task, &findings) || found
    }
    try refuseUnsafeEdits(of: task.document)
    if findings.hasErrors { throw .refused(located(findings)) }
    return found
  }

  func injection(
    _ outcome: Injection.Outcome, output: [UInt8], _ warnings: [Problem] = [],
    _ record: InjectionRecord? = nil
  ) -> Injection {
    Injection(
      outcome: outcome, output: output, warnings: warnings, family: displayName,
      read: task.document, record: record)
  }

  /// The document as it was read, without findings.
  func passing(_ bytes: [UInt8], _ outcome: Injection.Outcome) -> Injection {
    injection(outcome, output: bytes)
  }
}

extension OpenedDocument {
  /// Every rule that reading a document can report, other than those of its stages.
  static let rules =
    DocumentFormat.rules + ContainerList.rules + TaskPlace.rules + CheckTemplate.rules
    + [byteOrderMark, emptyTemplate]

  private static let byteOrderMark = Rule.warning(
    "byte-order-mark", "The document begins with a byte order mark, which is dropped.",
    fix: "Save it as UTF-8 without a byte order mark.",
    see: "https://www.rfc-editor.org/rfc/rfc8259#section-8.1")
  private static let emptyTemplate = Rule.error(
    "empty-template",
    "The template has no AWS::ECS::TaskDefinition, so there is nothing to inject.",
    fix: "Pass the template that has the task definitions.", see: Rule.Source.taskDefinition)
}
