package import LosslessJSON

/// The types of the values that filters read. They are checked once, so that filters can rely on them.
/// Members that are not listed may have any type.
package indirect enum Shape: Sendable {
  case text
  /// A 32-bit integer, also as a string, because real files contain both.
  case number
  case flag
  case list(Shape)
  /// A list that filters append to. In a template it must not be an intrinsic function.
  case growingList(Shape)
  /// An object with these members, in the order in which findings are reported.
  case members([(field: Field, shape: Shape)])
  /// An object with free member names and string values.
  case texts

  private static func record(_ shapes: [Field: Shape]) -> Shape {
    let sorted = shapes.sorted { $0.key.spelling < $1.key.spelling }
    return .members(sorted.map { (field: $0.key, shape: $0.value) })
  }

  package static let taskDefinition = Shape.record([
    .family: .text, .networkMode: .text, .taskRoleArn: .text, .executionRoleArn: .text,
    .requiresCompatibilities: .list(.text),
    .runtimePlatform: .record([.operatingSystemFamily: .text]),
    .containerDefinitions: .growingList(containerDefinition),
    .volumes: .list(.record([.efsVolumeConfiguration: .record([:])])),
    .proxyConfiguration: .record([.containerName: .text]),
  ])

  package static let containerDefinition = Shape.record([
    .name: .text, .image: .text, .user: .text, .essential: .flag,
    .cpu: .number, .memory: .number, .memoryReservation: .number,
    .portMappings: .list(
      .record([
        .containerPort: .number, .containerPortRange: .text, .protocol: .text, .appProtocol: .text,
      ])),
    .dependsOn: .growingList(.record([.containerName: .text, .condition: .text])),
    .dockerLabels: .texts,
    .logConfiguration: .record([.logDriver: .text, .options: .texts]),
    .firelensConfiguration: .record([:]),
  ])

  /// Reports every value of another type; `null` counts as absent.
  package func check(_ node: NodeID, in task: TaskDefinition, _ findings: inout Findings) {
    let kind = task.document.kind(of: node)
    guard kind != .null else { return }
    if task.place.isIntrinsic(node, in: task.document) {
      return checkFunction(node, in: task, &findings)
    }
    // CloudFormation turns scalars into each other.
    if task.place.values != nil, isScalar, [.string, .number, .bool].contains(kind) { return }
    switch (self, kind) {
    case (.text, .string), (.flag, .bool): return
    case (.number, .string) where task.document.string(node).flatMap({ Int32($0) }) != nil: return
    case (.number, .number):
      guard task.document.integer(node).flatMap(Int32.init(exactly:)) == nil else { return }
      let spelling = task.document.value(node).compactText
      findings.add(Self.notAnInteger, ["number": spelling], at: node, in: task.document)
    case (.list(let shape), .array), (.growingList(let shape), .array):
      for element in task.document.elements(of: node) {
        for choice in task.place.choices(element, in: task.document) {
          shape.check(choice, in: task, &findings)
        }
      }
    case (.members(let shapes), .object):
      for (field, shape) in shapes {
        guard let member = task.document.member(task.names[field], of: node) else { continue }
        shape.check(member, in: task, &findings)
      }
    case (.texts, .object):
      for value in task.document.values(of: node) { Shape.text.check(value, in: task, &findings) }
    default:
      findings.add(
        Self.wrongKind, ["expected": description, "found": Self.description(of: kind)], at: node,
        in: task.document)
    }
  }

  /// Checks an intrinsic function. It may stand for a scalar, but not for a list or an object, because
  /// filters read and edit their contents.
  private func checkFunction(
    _ node: NodeID, in task: TaskDefinition, _ findings: inout Findings
  ) {
    if isScalar { return }
    let choices = task.place.choices(node, in: task.document)
    if case .list = self, choices != [node] {
      for choice in choices { check(choice, in: task, &findings) }
      return
    }
    let name = task.document.members(of: node).first?.name ?? ""
    findings.add(
      Self.undecided,
      ["subject": "The value of \(name)", "consequence": "its contents are unknown"], at: node,
      in: task.document)
  }

  private var isScalar: Bool {
    switch self {
    case .text, .number, .flag: true
    case .list, .growingList, .members, .texts: false
    }
  }

  private var description: String {
    switch self {
    case .text: "a string"
    case .number: "an integer"
    case .flag: "true or false"
    case .list, .growingList: "an array"
    case .members, .texts: "an object"
    }
  }

  private static func description(of kind: Document.Kind) -> String {
    switch kind {
    case .array, .object: "an \(kind.rawValue)"
    case .bool: "a boolean"
    default: "a \(kind.rawValue)"
    }
  }
}

extension Shape {
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
