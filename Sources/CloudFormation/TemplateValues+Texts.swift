import LosslessJSON

extension TemplateValues {
  /// Throws before a text is built that is too long.
  private func checkSize(_ bytes: Int, of function: String) throws(Problem) {
    guard bytes > Evaluation.maximumTextBytes else { return }
    try evaluation.count(function, bytes: bytes)
  }

  func substitute(_ argument: JSONValue, _ depth: Int) throws(Problem) -> String {
    guard let substitution = Substitution(argument) else {
      throw UnresolvedValue.malformed(Intrinsic.sub)
    }
    var result = ""
    for piece in substitution.pieces {
      switch piece {
      case .literal(let text): result += text
      case .value(let value):
        guard let text = try evaluate(value, depth: depth).text else {
          throw UnresolvedValue.malformed(Intrinsic.sub)
        }
        result += text
      }
      try checkSize(result.utf8.count, of: Intrinsic.sub)
    }
    try evaluation.count(Intrinsic.sub, bytes: result.utf8.count)
    return result
  }

  /// `[delimiter, list]`
  func join(_ argument: JSONValue, _ depth: Int) throws(Problem) -> String {
    guard let parts = try evaluate(argument, depth: depth).array, parts.count == 2,
      let texts = parts[1].array?.compactMap(\.text), texts.count == parts[1].array?.count
    else { throw UnresolvedValue.malformed(Intrinsic.join) }
    let separator = parts[0].string ?? ""
    let bytes = texts.reduce(0) { $0 + $1.utf8.count + separator.utf8.count }
    try evaluation.count(Intrinsic.join, bytes: bytes)
    return texts.joined(separator: separator)
  }

  /// `[delimiter, text]`
  func split(_ argument: JSONValue, _ depth: Int) throws(Problem) -> JSONValue {
    guard let parts = try evaluate(argument, depth: depth).array, parts.count == 2,
      let delimiter = parts[0].string, !delimiter.isEmpty, let text = parts[1].text
    else { throw UnresolvedValue.malformed(Intrinsic.split) }
    try evaluation.count(Intrinsic.split, bytes: text.utf8.count)
    // The values of placeholders do not contain these.
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

  /// `[index, list]`. Of a literal list only the selected element is evaluated.
  func select(_ argument: JSONValue, _ depth: Int) throws(Problem) -> JSONValue {
    guard let parts = argument.array, parts.count == 2,
      let index = try evaluate(parts[0], depth: depth).text.flatMap({ Int($0) })
    else { throw UnresolvedValue.malformed(Intrinsic.select) }
    let isWritten = parts[1].array != nil
    let values = isWritten ? parts[1] : try evaluate(parts[1], depth: depth)
    guard let list = values.array else { throw UnresolvedValue.malformed(Intrinsic.select) }
    guard list.indices.contains(index) else { throw UnresolvedValue.noSuchElement }
    return try evaluate(list[index], depth: depth)
  }
}
