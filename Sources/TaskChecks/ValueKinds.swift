package import LosslessJSON
package import TaskDefinitions

/// Compares the kinds of values with ECS's API, so that filters can rely on them, and nothing comes out
/// that RegisterTaskDefinition refuses. Members that the API's model does not list pass, because ECS
/// often adds members.
///
/// A class, because every closure would copy a structure.
package final class ValueKinds {
  private let task: TaskDefinition
  private let isTemplate: Bool
  private var findings: Findings

  private init(_ task: TaskDefinition, _ findings: Findings) {
    self.task = task
    isTemplate = task.place.values != nil
    self.findings = findings
  }

  /// Reports every value of a task definition that has another kind; `null` counts as absent.
  package static func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let kinds = ValueKinds(task, findings)
    kinds.check(task.root, .structure(.registerTaskDefinitionRequest), .content)
    findings = kinds.findings
  }

  /// Reports every value of a container definition that has another kind.
  package static func check(
    container: NodeID, in task: TaskDefinition, _ findings: inout Findings
  ) {
    let kinds = ValueKinds(task, findings)
    kinds.check(container, .structure(.containerDefinition), .content)
    findings = kinds.findings
  }

  private func check(_ node: NodeID, _ shape: APIShape, _ use: ValueUse) {
    let kind = task.document.kind(of: node)
    // Most values are strings.
    if case .text = shape, kind == .string { return }
    guard kind != .null else { return }
    if isTemplate, task.place.isIntrinsic(node, in: task.document) {
      return checkFunction(node, shape, use)
    }
    switch (shape, kind) {
    case (.flag, .bool): return
    case (.integer, .number): checkInteger(node)
    case (.list(let element), .array): checkElements(of: node, element.shape, use)
    case (.structure(let structure), .object): checkMembers(of: node, structure, use)
    case (.texts, .object):
      task.document.forEachValue(in: node) { check($0, .text, .unread) }
    default: reportKind(kind, of: node, shape)
    }
  }

  private func checkElements(of list: NodeID, _ shape: APIShape, _ use: ValueUse) {
    task.document.forEachValue(in: list) { element in
      guard isTemplate else { return check(element, shape, use) }
      for choice in task.place.choices(element, in: task.document) {
        check(choice, shape, use)
      }
    }
  }

  private func checkMembers(
    of object: NodeID, _ structure: APIStructure, _ use: ValueUse
  ) {
    let list = structure.names(in: task.place.dialect)
    let shapes = structure.shapes
    task.document.forEachMember(of: object, named: list) { place, value in
      // Only a template can have a function there.
      let inner = isTemplate ? use.ofMember(list.names[place].text) : use
      check(value, shapes[place], inner)
    }
  }

  private func checkInteger(_ node: NodeID) {
    guard task.document.integer(node).flatMap(Int32.init(exactly:)) == nil else { return }
    findings.add(
      Self.notAnInteger, ["number": task.document.value(node).compactText], at: node,
      in: task.document)
  }

  /// A template's function may stand for a scalar, and for everything that no filter reads.
  private func checkFunction(
    _ node: NodeID, _ shape: APIShape, _ use: ValueUse
  ) {
    guard !shape.isScalar, use != .unread else { return }
    let choices = task.place.choices(node, in: task.document)
    if case .list = shape, use != .growth, choices != [node] {
      for choice in choices { check(choice, shape, use) }
      return
    }
    let name = task.document.members(of: node).first?.name ?? ""
    findings.add(
      Self.undecided,
      ["subject": "The value of \(name)", "consequence": "its contents are unknown"], at: node,
      in: task.document)
  }

  // MARK: Reporting

  private func reportKind(
    _ kind: Document.Kind, of node: NodeID, _ shape: APIShape
  ) {
    let isScalar = [.string, .number, .bool].contains(kind)
    // CloudFormation converts scalars into each other. RegisterTaskDefinition does not.
    if isTemplate, shape.isScalar, isScalar { return }
    findings.add(
      Self.wrongKind, ["expected": shape.description, "found": Self.description(of: kind)],
      fix: fix(node, shape, kind), at: node, in: task.document)
  }

  private func fix(_ node: NodeID, _ shape: APIShape, _ kind: Document.Kind) -> Wording? {
    switch (shape, kind) {
    case (.integer, .string) where task.document.string(node).flatMap { Int32($0) } != nil:
      "Write the number without quotes."
    case (.flag, .string) where ["true", "false"].contains(task.document.string(node)):
      "Write it without quotes."
    case (.text, .number), (.text, .bool): "Write it in quotes."
    case (.list(.text), .string) where isHealthCheck(task.document.container(of: node)):
      Wording(verbatim: #"Write ["CMD-SHELL", \#(task.document.value(node).compactText)]."#)
    case (.list(.text), .string): "Write an array that has each word as a string of its own."
    default: nil
    }
  }

  private func isHealthCheck(_ node: NodeID) -> Bool {
    task.node(.healthCheck, of: task.document.container(of: node)) == node
  }

  private static func description(of kind: Document.Kind) -> String {
    switch kind {
    case .array, .object: "an \(kind.rawValue)"
    case .bool: "a boolean"
    default: "a \(kind.rawValue)"
    }
  }
}

/// How filters use a value. A function of a template can hide what they need.
private enum ValueUse {
  /// Filters do not look into it.
  case unread
  /// Filters read whether it is there, and not what is in it.
  case presence
  /// Filters read what is in it.
  case content
  /// Filters add to the list, so `Fn::If` cannot stand for it.
  case growth

  private static let uses: [String: ValueUse] = {
    let uses: [(ValueUse, [Field])] = [
      (.presence, [.efsVolumeConfiguration, .firelensConfiguration]),
      (
        .content,
        [
          .requiresCompatibilities, .runtimePlatform, .volumes, .proxyConfiguration, .portMappings,
          .dockerLabels, .logConfiguration, .options,
        ]
      ),
      (.growth, [.containerDefinitions, .dependsOn]),
    ]
    let pairs = uses.flatMap { use, fields in
      fields.map { (Dialect.cloudFormation.spelling($0), use) }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  /// The use of a member of a structure that has this use.
  ///
  /// - Parameter name: the member's name in a template.
  func ofMember(_ name: String) -> ValueUse {
    switch self {
    case .unread, .presence: .unread
    case .content, .growth: Self.uses[name] ?? .unread
    }
  }
}

extension ValueKinds {
  package static let rules = [wrongKind, notAnInteger, undecided]

  private static let wrongKind = Rule.error(
    "wrong-kind",
    "This value must be {expected} but is {found}, so ECS refuses the task definition.",
    fix: "Write {expected}. Render a template before you inject it.",
    see: Rule.Source.taskDefinition)
  private static let notAnInteger = Rule.error(
    "not-an-integer",
    "{number} is not a 32-bit integer, so ECS refuses the task definition.",
    fix: "Write a whole number without a fraction or exponent.", see: Rule.Source.taskDefinition)
  package static let undecided = Rule.error(
    "undecided", "{subject} is decided when the stack is deployed, so {consequence}.",
    fix: "Write the list or object itself, with functions inside it, or inject each variant.",
    see: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
      + "intrinsic-function-reference.html")
}
