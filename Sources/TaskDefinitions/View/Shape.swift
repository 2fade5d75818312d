package import LosslessJSON

/// What kinds of values the members have that filters read: checked once, so that no filter has
/// to expect anything else. Members that are not listed are nobody's business.
package indirect enum Shape: Sendable {
  case text
  /// An integer of 32 bits, or one in quotes as real files hold them.
  case number
  case flag
  case list(Shape)
  /// A list to which filters add: in a template it must stand there itself.
  case growingList(Shape)
  /// In the order in which findings are told.
  case members([(field: Field, shape: Shape)])
  /// An object whose names are free and whose values are strings.
  case texts

  private static func record(_ shapes: [Field: Shape]) -> Shape {
    let sorted = shapes.sorted { $0.key.rawValue < $1.key.rawValue }
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

  /// Reports every value of another kind; `null` counts as absent.
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
      findings.add(.notAnInteger(spelling), at: node, in: task.document)
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
      findings.add(.wrongKind(expected: description, found: kind), at: node, in: task.document)
    }
  }

  /// A template's function may stand for a scalar. What a list or an object will hold must be
  /// certain: filters read and edit inside.
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
    findings.add(.undecided(name), at: node, in: task.document)
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
}

extension Message {
  fileprivate static func wrongKind(expected: String, found: Document.Kind) -> Self {
    let article = found == .array || found == .object ? "an" : "a"
    return Self(
      .wrongKind,
      "this must be \(expected) but is \(article) \(found == .bool ? "boolean" : found.rawValue), "
        + "so ECS would refuse the task definition",
      fix: "write \(expected); a template must be rendered before it is injected")
  }
  fileprivate static func undecided(_ function: String) -> Self {
    Self(
      .undecided,
      "\(function) decides this when the stack is deployed, so nobody can say now what is here")
  }
  fileprivate static func notAnInteger(_ number: String) -> Self {
    Self(
      .notAnInteger,
      "\(number) is no integer of 32 bits, so ECS would refuse the task definition")
  }
}
