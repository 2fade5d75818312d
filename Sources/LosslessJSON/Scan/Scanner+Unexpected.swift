/// Errors for bytes that do not fit the grammar, with the likeliest cause named.
extension Scanner {
  func unexpectedValue() -> SyntaxError {
    if let placeholder { return placeholder }
    switch current {
    case UInt8(ascii: "+"), UInt8(ascii: "."): return SyntaxError(.malformedNumber, at: position)
    case UInt8(ascii: "'"): return SyntaxError(.singleQuotes, at: position)
    default: break
    }
    let word = word(at: position)
    guard word.unicodeScalars.count > 1 else { return unexpected("a value") }
    return SyntaxError(.notJSONLiteral(word), at: position)
  }

  func unexpectedName() -> SyntaxError {
    if let placeholder { return placeholder }
    if current == UInt8(ascii: "'") { return SyntaxError(.singleQuotes, at: position) }
    let word = word(at: position)
    guard word.isEmpty else { return SyntaxError(.bareName(word), at: position) }
    return unexpected("a member name in double quotes")
  }

  func unexpected(_ expected: String) -> SyntaxError {
    guard position < bytes.count else {
      return SyntaxError(.unexpectedEnd(expected: expected), at: endOfText)
    }
    if let placeholder { return placeholder }
    if isComment { return SyntaxError(.comment, at: position) }
    return SyntaxError(.unexpected(expected: expected), at: position)
  }

  /// Letters, digits and underscores, at most 20; empty when no letter stands there.
  func word(at start: Int) -> String {
    guard start < bytes.count, isLetter(bytes[start]) else { return "" }
    let word = bytes[start...].prefix { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    return String(decoding: word.prefix(20), as: UTF8.self)
  }

  /// Where a cut off document stops: the caret belongs there, not on the empty line below.
  private var endOfText: Int {
    let last = bytes.lastIndex { $0 > UInt8(ascii: " ") }
    return last.map { $0 + 1 } ?? bytes.count
  }
}
