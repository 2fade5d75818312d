package import LosslessJSON

/// A value that a filter sets in every document alike: it is made once.
package struct PreparedValue: Sendable {
  private let register: Fragment
  private let cloudFormation: Fragment

  /// - Parameters:
  ///   - value: in RegisterTaskDefinition's spelling.
  ///   - field: whose value it is, if it is a member's.
  ///   - blank: where a value of each document's own stands.
  package init(_ value: JSONValue, of field: Field? = nil, blank: JSONPointer? = nil) {
    register = Fragment(value, blank: blank)
    cloudFormation = Fragment(
      Dialect.cloudFormation.value(value, of: field),
      blank: blank.map { Dialect.cloudFormation.pointer($0, in: field) })
  }

  package func fragment(_ dialect: Dialect) -> Fragment {
    dialect == .register ? register : cloudFormation
  }
}

/// An element that a filter adds to a list in every document alike.
package struct PreparedElement: Sendable {
  fileprivate let element: PreparedValue
  /// For documents that have no such list.
  fileprivate let list: PreparedValue

  /// - Parameter value: in RegisterTaskDefinition's spelling.
  package init(_ value: JSONValue) {
    element = PreparedValue(value)
    list = PreparedValue([value])
  }
}

extension TaskDefinition {
  /// Appends to the list in a member; the member is made when it is absent or `null`.
  package mutating func append(
    _ value: PreparedElement, to field: Field, in node: NodeID, because reason: String
  ) {
    guard let list = self.node(field, of: node) else {
      return set(field, to: value.list, in: node, because: reason)
    }
    document.append(
      value.element.fragment(place.dialect), to: list,
      because: Edit.Reason(filter: filter, reason))
  }

  /// - Parameter filler: what belongs into the value's blank.
  package mutating func set(
    _ field: Field, to value: PreparedValue, filling filler: JSONValue? = nil,
    in node: NodeID? = nil,
    because reason: String
  ) {
    document.set(
      place.dialect.spelling(field), to: value.fragment(place.dialect), filling: filler,
      in: node ?? root, because: Edit.Reason(filter: filter, reason))
  }
}
