import CloudFormation
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// A document that was read and made ready to register, before anything is removed or injected.
struct OpenedDocument {
  /// The places of its task definitions: one, or several resources of a template.
  let places: [TaskPlace]
  /// A view of one of the task definitions, which also holds the document.
  var task: TaskDefinition
  var findings = Findings()
  /// The offset of the document's first byte in the input. It is after a byte order mark, and negative if a
  /// list of containers was wrapped.
  private let skipped: Int
  /// The list of containers that was the input, if it was one.
  let list: ContainerList?
  private var hasGivenAway = false

  /// - Parameters:
  ///   - resources: the task definitions of a template to open. Empty means all.
  ///   - given: values for what a template leaves open.
  /// - Throws: an error if the bytes are not strict JSON, or not a task definition.
  init(
    _ bytes: [UInt8], resources: [String] = [], given: GivenValues = GivenValues()
  ) throws(InjectionError) {
    let start = ByteOrderMark.end(in: bytes)
    var document = try DocumentFormat.read(bytes)
    list = ContainerList(bytes[start...], document)
    if let list { document = try DocumentFormat.read(list.wrapped) }
    skipped = start - (list?.offset ?? 0)
    if start > 0 { findings.add(Self.byteOrderMark, in: document) }
    RegisterForm().apply(to: &document)
    let isList = list != nil
    places = TaskPlace.all(
      in: document, named: resources, given: given, &findings
    ).map { place in
      var place = place
      place.isList = isList
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

  /// Reports problems that only affect injections into a template.
  ///
  /// - Parameter given: values for what the template leaves open.
  /// - Throws: an error if a task definition is in a loop that cannot be edited, or the template does not
  ///   have or allow a value.
  mutating func checkTemplate(given: GivenValues) throws(InjectionError) {
    if places.first?.dialect != .register { CheckTemplate().check(task.document, &findings) }
    if !given.isEmpty, !places.isEmpty {
      let whole = task.document.value(task.document.root)
      for problem in given.problems(in: [whole]) {
        findings.add(problem, at: nil, in: task.document)
      }
    }
    if findings.hasErrors { throw .refused(located(findings.errors)) }
  }

  /// The error for a template without a task definition.
  var withoutTask: InjectionError {
    var findings = findings
    findings.add(
      Self.emptyTemplate, at: TemplateResource.section(of: task.document), in: task.document)
    return .refused(located(findings.errors))
  }

  /// Calls a function for each task definition, and returns the results.
  func mapTasks<Result, Failure: Error>(
    _ transform: (TaskDefinition) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    // For a single task definition, another view would cost more than the call itself.
    if places.count == 1 { return [try transform(task)] }
    return try places.map { place throws(Failure) in
      try transform(TaskDefinition(task.document, at: place))
    }
  }

  /// Whether a condition holds for every task definition.
  func tasks(are condition: (TaskDefinition) -> Bool) -> Bool {
    mapTasks(condition).allSatisfy { $0 }
  }

  /// The document's name in reports.
  var displayName: String? {
    if places.count == 1 { return task.displayName.isEmpty ? nil : task.displayName }
    let names = mapTasks(\.displayName).filter { !$0.isEmpty }
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  /// The findings with their places in the input, each once. A finding in an added value gets the place of the
  /// closest container that was read.
  func located(_ findings: Findings) -> [Problem] {
    // Most documents have at most one finding, and hashing it costs more than placing it.
    if findings.all.count < 2 { return findings.all.map(placed) }
    var reported: Set<Problem> = []
    return findings.all.compactMap { finding in
      let placed = placed(finding)
      var ofAnyStage = placed
      ofAnyStage.stage = ""
      return reported.insert(ofAnyStage).inserted ? placed : nil
    }
  }

  private func placed(_ finding: Problem) -> Problem {
    var placed = finding
    placed.place = Place(
      pointer: list?.pointer(finding.pointer) ?? finding.pointer,
      offset: max(0, skipped + offset(of: finding)))
    return placed
  }

  private func offset(of finding: Problem) -> Int {
    if hasGivenAway { return finding.place?.offset ?? 0 }
    var tokens = finding.pointer.tokens
    var node = task.document.node(at: finding.pointer)
    while node == nil, !tokens.isEmpty {
      tokens.removeLast()
      node = task.document.node(at: JSONPointer(tokens))
    }
    return task.document.offset(of: node ?? task.document.root)
  }

  /// Returns the document and no longer owns it, so that the first edit does not copy it. Findings that are
  /// located afterwards must be about that document.
  mutating func giveAway() -> OpenedDocument {
    let given = self
    task = TaskDefinition(Document())
    hasGivenAway = true
    return given
  }

  /// The input with the document's edits.
  func rendered(_ document: Document) -> [UInt8] {
    list?.rendered(document) ?? document.rendered()
  }

  /// The edits relative to the input that the user gave.
  func visible(_ edits: [Edit]) -> [Edit] { list?.edits(edits) ?? edits }

  /// Rejects all edits if the layout of a template does not allow one of them.
  func refuseUnsafeEdits(of document: Document) throws(InjectionError) {
    let refusals = document.refusalFindings(from: skipped)
    guard refusals.isEmpty else { throw .refused(located(findings.errors) + refusals) }
  }

  /// - Parameter patches: the patches of the current configuration.
  /// - Returns: whether there was an injection to undo.
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
    if findings.hasErrors { throw .refused(located(findings.errors)) }
    return found
  }

  /// - Parameter selections: for each task definition, tells which containers are applications and so are
  ///   not an Envoy.
  /// - Returns: whether any part of a foreign Envoy was removed.
  mutating func takeOutForeign(
    _ selections: [ContainerSelection]
  ) throws(InjectionError) -> Bool {
    var found = false
    for (place, selection) in zip(places, selections) {
      task.turn(to: place)
      found = TakeOutForeign(selection: selection).apply(to: &task, &findings) || found
    }
    try refuseUnsafeEdits(of: task.document)
    if findings.hasErrors { throw .refused(located(findings.errors)) }
    return found
  }

  func injection(
    _ outcome: Injection.Outcome, _ text: PrintedText, _ warnings: [Problem] = [],
    _ record: InjectionRecord? = nil
  ) -> Injection {
    Injection(
      outcome: outcome, text: text, warnings: warnings, family: displayName,
      read: task.document, record: record)
  }

  /// The result for a document that is printed unchanged, without findings.
  func passing(_ bytes: [UInt8], _ outcome: Injection.Outcome) -> Injection {
    injection(outcome, PrintedText(bytes))
  }
}

extension OpenedDocument {
  /// Every rule that reading a document can report, except the rules of its stages.
  static let rules =
    DocumentFormat.rules + ContainerList.rules + TaskPlace.rules + CheckTemplate.rules
    + GivenValues.rules + [byteOrderMark, emptyTemplate]

  private static let byteOrderMark = Rule.warning(
    "byte-order-mark", "The document begins with a byte order mark, which is dropped.",
    fix: "Save it as UTF-8 without a byte order mark.",
    see: "https://www.rfc-editor.org/rfc/rfc8259#section-8.1")
  private static let emptyTemplate = Rule.error(
    "empty-template",
    "The template has no AWS::ECS::TaskDefinition, so there is nothing to inject.",
    fix: "Pass the template that has the task definitions.", see: Rule.Source.taskDefinition)
}
