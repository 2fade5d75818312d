public import LosslessJSON

/// Applies the edits of an injection according to RFC 6902. It shares no code with the package's own
/// patching, and works on values.
public enum EditOracle {
  public static func apply(_ edits: [Edit], to input: JSONValue) throws -> JSONValue {
    try edits.reduce(input) { value, edit in
      try changed(value, edit.pointer.tokens[...], edit)
    }
  }

  public static func parse(_ text: String) throws -> JSONValue {
    let document = try Document(Array(text.utf8))
    return document.value(document.root)
  }

  private static func changed(
    _ value: JSONValue, _ path: ArraySlice<String>, _ edit: Edit
  ) throws -> JSONValue {
    guard let token = path.first else {
      try expectBefore(value, edit)
      return try parse(edit.after.required("\(edit.pointer): no value to add"))
    }
    switch value {
    case .object(let members):
      return .object(try changed(members, token, path.dropFirst(), edit))
    case .array(let elements):
      let index = try Int(token).required("\(edit.pointer): \(token) is no index")
      return .array(try changed(elements, index, path.dropFirst(), edit))
    default:
      throw Violation("\(edit.pointer) leads into a scalar")
    }
  }

  private static func changed(
    _ members: [JSONValue.Member], _ name: String, _ rest: ArraySlice<String>, _ edit: Edit
  ) throws -> [JSONValue.Member] {
    var members = members
    let index = members.firstIndex { $0.name == name }
    if rest.isEmpty, edit.operation == "add" {
      try Violation.unless(index == nil, "\(edit.pointer) is there already")
      members.append(
        JSONValue.Member(name, try parse(edit.after.required("\(edit.pointer): no value to add"))))
    } else if rest.isEmpty, edit.operation == "remove" {
      let removed = members.remove(at: try index.required("nothing at \(edit.pointer)"))
      try expectBefore(removed.value, edit)
    } else {
      let index = try index.required("nothing at \(edit.pointer)")
      members[index].value = try changed(members[index].value, rest, edit)
    }
    return members
  }

  private static func changed(
    _ elements: [JSONValue], _ index: Int, _ rest: ArraySlice<String>, _ edit: Edit
  ) throws -> [JSONValue] {
    var elements = elements
    if rest.isEmpty, edit.operation == "add" {
      try Violation.unless(
        (0...elements.count).contains(index), "no place for \(edit.pointer)")
      elements.insert(try parse(edit.after.required("\(edit.pointer): no value to add")), at: index)
      return elements
    }
    try Violation.unless(elements.indices.contains(index), "nothing at \(edit.pointer)")
    if rest.isEmpty, edit.operation == "remove" {
      try expectBefore(elements.remove(at: index), edit)
    } else {
      elements[index] = try changed(elements[index], rest, edit)
    }
    return elements
  }

  private static func expectBefore(_ value: JSONValue, _ edit: Edit) throws {
    let before = try parse(edit.before.required("\(edit.pointer): nothing was there before"))
    try Violation.unless(value.sorted == before.sorted, "what \(edit.pointer) was before")
  }
}

extension JSONValue {
  /// The value with sorted members, so that their order does not depend on the order of additions.
  public var sorted: JSONValue {
    switch self {
    case .object(let members):
      .object(
        members.map { Member($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
    case .array(let elements): .array(elements.map(\.sorted))
    default: self
    }
  }
}
