import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension JSONValue {
  /// A form of a task definition in which two texts of it can be compared. It leaves out `null`, the defaults
  /// that ECS fills in when it describes a task definition, and the ledger, which holds the white space of one
  /// text.
  ///
  /// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>
  var registered: JSONValue {
    switch self {
    case .array(let elements): return .array(elements.map(\.registered))
    case .object(let members):
      let port = self[Field.containerPort.spelling]
      return .object(
        members.compactMap { member in
          guard let value = member.value.registered(as: member.name) else { return nil }
          let isDefault = member.name == Field.hostPort.spelling && value == port
          return isDefault ? nil : Member(member.name, value)
        })
    default: return self
    }
  }

  /// The value of a member in that form, or `nil` if it equals an absent member.
  func registered(as name: String) -> JSONValue? {
    let value = Self.sets.contains(name) ? registered.sortedByName : registered
    return Self.isDefault(name, value) ? nil : value
  }

  /// Lists whose elements ECS identifies by name, in both dialects. Terraform and other tools register them in
  /// a different order.
  private static let sets: Set<String> = Set(
    [Field.environment, .secrets, .secretOptions, .properties].flatMap { field in
      [Dialect.register, .cloudFormation].map { $0.spelling(field) }
    })

  /// The elements sorted by name. Elements with the same name keep their order, because the last one counts.
  private var sortedByName: JSONValue {
    guard case .array(let elements) = self else { return self }
    let named = elements.enumerated().map { index, element in
      let name = element[Field.name.spelling] ?? element[Dialect.cloudFormation.spelling(.name)]
      return (name: name?.string ?? "", index: index, element: element)
    }
    return .array(
      named.sorted { ($0.name, $0.index) < ($1.name, $1.index) }.map(\.element))
  }

  private static func isDefault(_ name: String, _ value: JSONValue) -> Bool {
    switch (Field(spelling: name), value) {
    case (_, .null), (_, .array([])), (_, .object([])): true
    case (.cpu, .number("0")): true
    case (.protocol, .string(TransportProtocol.tcp.rawValue)): true
    default: name == Mark.ledger
    }
  }
}
