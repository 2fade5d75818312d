import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension JSONValue {
  /// A task definition as two texts of it can be compared: without `null`, the defaults that ECS
  /// fills in when it describes one, and the ledger, which holds white space of one of the texts.
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

  /// The value of a member as it can be compared; `nil` if it equals an absent member.
  func registered(as name: String) -> JSONValue? {
    let value = Self.sets.contains(name) ? registered.sortedByName : registered
    return Self.isDefault(name, value) ? nil : value
  }

  /// Lists whose elements ECS tells apart by their names, in both dialects. Terraform, among others,
  /// registers them in another order.
  private static let sets: Set<String> = Set(
    [Field.environment, .secrets, .secretOptions, .properties].flatMap { field in
      [Dialect.register, .cloudFormation].map { $0.spelling(field) }
    })

  /// The elements by their names. Elements of one name keep their order, because the last one counts.
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
