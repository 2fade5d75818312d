package import LosslessJSON

/// A value that a filter sets in every document. It is converted to text once.
package struct PreparedValue: Sendable {
  private let register: Fragment
  private let cloudFormation: Lazy<Fragment>

  /// - Parameters:
  ///   - value: a value in RegisterTaskDefinition's spelling.
  ///   - field: the field that has the value, if any.
  ///   - blank: the place that is filled with a value of each document.
  package init(_ value: JSONValue, of field: Field? = nil, blank: JSONPointer? = nil) {
    register = Fragment(value, blank: blank)
    cloudFormation = Lazy {
      let dialect = Dialect.cloudFormation
      return Fragment(
        dialect.value(value, of: field), blank: blank.map { dialect.pointer($0, in: field) })
    }
  }

  package func fragment(_ dialect: Dialect) -> Fragment {
    dialect == .register ? register : cloudFormation.value
  }
}

/// An element that a filter adds to a list in every document.
package struct PreparedElement: Sendable {
  package let element: PreparedValue
  /// The list with this one element, for documents without the list.
  package let list: PreparedValue

  /// - Parameter value: a value in RegisterTaskDefinition's spelling.
  package init(_ value: JSONValue) {
    element = PreparedValue(value)
    list = PreparedValue([value])
  }
}
