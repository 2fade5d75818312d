import LosslessJSON

extension TemplateValues {
  /// `${Name}` is a reference, `${Name.Attribute}` an attribute, `${!Name}` the text `${Name}`.
  func substitute(_ argument: JSONValue, _ depth: Int) throws(Unresolved) -> String {
    guard let template = argument.string ?? argument.array?.first?.string else {
      throw .malformed(Intrinsic.sub)
    }
    let local = argument.array?.dropFirst().first ?? .object([])
    var result = ""
    var rest = template[...]
    while let start = rest.range(ofText: "${") {
      result += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
        throw .malformed(Intrinsic.sub)
      }
      let name = String(rest[start.upperBound..<end])
      if name.hasPrefix("!") {
        result += "${\(name.dropFirst())}"
      } else {
        guard let text = try variable(name, local, depth).text else {
          throw .malformed(Intrinsic.sub)
        }
        result += text
      }
      rest = rest[end...].dropFirst()
    }
    return result + rest
  }

  private func variable(
    _ name: String, _ local: JSONValue, _ depth: Int
  ) throws(Unresolved) -> JSONValue {
    if let value = local[name] { return try evaluate(value, depth: depth) }
    return try name.contains(".") ? attribute(named: name, depth) : reference(name, depth)
  }

  /// `[delimiter, list]`
  func join(_ argument: JSONValue, _ depth: Int) throws(Unresolved) -> String {
    guard let parts = try evaluate(argument, depth: depth).array, parts.count == 2,
      let texts = parts[1].array?.compactMap(\.text), texts.count == parts[1].array?.count
    else { throw .malformed(Intrinsic.join) }
    return texts.joined(separator: parts[0].string ?? "")
  }

  /// `[delimiter, text]`
  func split(_ argument: JSONValue, _ depth: Int) throws(Unresolved) -> JSONValue {
    guard let parts = try evaluate(argument, depth: depth).array, parts.count == 2,
      let delimiter = parts[0].string, !delimiter.isEmpty, let text = parts[1].text
    else { throw .malformed(Intrinsic.split) }
    // Placeholders stand for texts without these.
    if delimiter == ":" || delimiter == "/" {
      return .array(Placeholder.split(text, by: Character(delimiter)).map(JSONValue.string))
    }
    try Placeholder.refuse(in: text)
    var elements: [JSONValue] = []
    var rest = text[...]
    while let range = rest.range(ofText: delimiter) {
      elements.append(.string(String(rest[..<range.lowerBound])))
      rest = rest[range.upperBound...]
    }
    return .array(elements + [.string(String(rest))])
  }

  /// `[index, list]`; of a list that stands in the template only the selected element counts.
  func select(_ argument: JSONValue, _ depth: Int) throws(Unresolved) -> JSONValue {
    guard let parts = argument.array, parts.count == 2,
      let index = try evaluate(parts[0], depth: depth).text.flatMap({ Int($0) })
    else { throw .malformed(Intrinsic.select) }
    let isWritten = parts[1].array != nil
    let values = isWritten ? parts[1] : try evaluate(parts[1], depth: depth)
    guard let list = values.array else { throw .malformed(Intrinsic.select) }
    guard list.indices.contains(index) else { throw .selection }
    return try evaluate(list[index], depth: depth)
  }
}

extension Substring {
  fileprivate func range(ofText text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
