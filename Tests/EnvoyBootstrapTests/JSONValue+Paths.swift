import LosslessJSON

extension JSONValue {
  /// The element at `index`, or `nil` if there is none.
  subscript(index: Int) -> JSONValue? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// The element whose member `name` has this value.
  func named(_ name: String) -> JSONValue? { array?.first { $0["name"]?.string == name } }

  /// Every value of a member called `name`, at any depth.
  func all(_ name: String) -> [JSONValue] {
    switch self {
    case .object(let members):
      members.flatMap { ($0.name == name ? [$0.value] : []) + $0.value.all(name) }
    case .array(let elements): elements.flatMap { $0.all(name) }
    default: []
    }
  }
}
