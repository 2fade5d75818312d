import LosslessJSON

/// A value that a filter sets in every document alike: it is made once.
struct PreparedValue: Sendable {
  private let register: Fragment
  private let cloudFormation: Fragment

  /// - Parameters:
  ///   - value: in RegisterTaskDefinition's spelling.
  ///   - field: whose value it is, if it is a member's.
  init(_ value: JSONValue, of field: Field? = nil) {
    register = Fragment(value)
    cloudFormation = Fragment(Dialect.cloudFormation.value(value, of: field))
  }

  func fragment(_ dialect: Dialect) -> Fragment {
    dialect == .register ? register : cloudFormation
  }
}

extension TaskDefinition {
  mutating func set(
    _ field: Field, to value: PreparedValue, in node: NodeID, because reason: String
  ) {
    document.set(
      place.dialect.spelling(field), to: value.fragment(place.dialect), in: node,
      because: Edit.Reason(filter: filter, reason))
  }
}
