import LosslessJSON

/// What kinds of values the members have that filters read: checked once, so that no filter has
/// to expect anything else. Members that are not listed are nobody's business.
indirect enum Shape: Sendable {
  case text
  /// An integer of 32 bits, or one in quotes as real files hold them.
  case number
  case flag
  case list(Shape)
  case record([Field: Shape])
  /// An object whose names are free and whose values are strings.
  case texts

  static let taskDefinition = Shape.record([
    .family: .text, .networkMode: .text, .taskRoleArn: .text, .executionRoleArn: .text,
    .requiresCompatibilities: .list(.text),
    .runtimePlatform: .record([.operatingSystemFamily: .text]),
    .containerDefinitions: .list(containerDefinition),
    .volumes: .list(.record([.efsVolumeConfiguration: .record([:])])),
    .proxyConfiguration: .record([.containerName: .text]),
  ])

  static let containerDefinition = Shape.record([
    .name: .text, .image: .text, .user: .text, .essential: .flag,
    .cpu: .number, .memory: .number, .memoryReservation: .number,
    .portMappings: .list(
      .record([
        .containerPort: .number, .containerPortRange: .text, .protocol: .text, .appProtocol: .text,
      ])),
    .dependsOn: .list(.record([.containerName: .text, .condition: .text])),
    .dockerLabels: .texts,
    .logConfiguration: .record([.logDriver: .text, .options: .texts]),
    .firelensConfiguration: .record([:]),
  ])

  /// Reports every value of another kind; `null` counts as absent.
  func check(_ node: NodeID, in document: Document, _ findings: inout Findings) {
    let kind = document.kind(of: node)
    guard kind != .null else { return }
    switch (self, kind) {
    case (.text, .string), (.flag, .bool): return
    case (.number, .string) where document.string(node).flatMap({ Int32($0) }) != nil: return
    case (.number, .number):
      let value = document.value(node)
      if Int32(value.compactText) == nil {
        findings.add(.notAnInteger(value.compactText), at: node, in: document)
      }
    case (.list(let shape), .array):
      for element in document.elements(of: node) { shape.check(element, in: document, &findings) }
    case (.record(let shapes), .object):
      for (field, shape) in shapes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        guard let member = document.member(field.rawValue, of: node) else { continue }
        shape.check(member, in: document, &findings)
      }
    case (.texts, .object):
      for member in document.members(of: node) {
        Shape.text.check(member.value, in: document, &findings)
      }
    default:
      findings.add(.wrongKind(expected: description, found: kind.rawValue), at: node, in: document)
    }
  }

  private var description: String {
    switch self {
    case .text: "a string"
    case .number: "an integer"
    case .flag: "true or false"
    case .list: "an array"
    case .record, .texts: "an object"
    }
  }
}

extension Finding.Message {
  fileprivate static func wrongKind(expected: String, found: String) -> Self {
    Self(
      .wrongKind,
      "this must be \(expected) but is \(found == "array" ? "an" : "a") \(found), "
        + "so ECS would refuse the task definition",
      fix: "write \(expected); a template must be rendered before it is injected")
  }
  fileprivate static func notAnInteger(_ number: String) -> Self {
    Self(
      .notAnInteger,
      "\(number) is no integer of 32 bits, so ECS would refuse the task definition")
  }
}
