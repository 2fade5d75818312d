public import LosslessJSON

extension Origin {
  /// The place of a problem with this part of the mesh.
  public var place: Place {
    Place(file: file, pointer: JSONPointer(parsing: pointer) ?? JSONPointer(), line: line)
  }
}

extension Problem {
  /// - Parameter origin: the part of the mesh that has the problem.
  init(
    _ rule: Rule, _ values: KeyValuePairs<String, String> = [:], fix: Wording? = nil,
    at origin: Origin
  ) {
    self.init(rule, values, fix: fix, at: origin.place)
  }
}

extension [String] {
  /// The names in the form that messages use: `'a', 'b'`.
  var quotedList: String { map { "'\($0)'" }.joined(separator: ", ") }
}
