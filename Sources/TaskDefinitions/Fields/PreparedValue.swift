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
  package let element: PreparedValue
  /// The whole list, for documents that do not have it.
  package let list: PreparedValue

  /// - Parameter value: in RegisterTaskDefinition's spelling.
  package init(_ value: JSONValue) {
    element = PreparedValue(value)
    list = PreparedValue([value])
  }
}
