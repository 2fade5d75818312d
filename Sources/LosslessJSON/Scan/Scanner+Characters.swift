extension Scanner {
  /// The byte at the position; 0, which no JSON holds unescaped, at the end.
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  func byte(_ ahead: Int) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  /// Steps over the current byte and the white space after it.
  mutating func advance() {
    position += 1
    skipWhiteSpace()
  }

  mutating func skipWhiteSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        position += 1
      default: return
      }
    }
  }

  /// The error for a byte that nothing of the grammar fits, with the likeliest cause named.
  func unexpected(_ expected: String) -> SyntaxError {
    guard position < bytes.count else {
      return SyntaxError(.unexpectedEnd(expected: expected), at: position)
    }
    switch current {
    case UInt8(ascii: "/"): return SyntaxError(.comment, at: position)
    case UInt8(ascii: "'"): return SyntaxError(.singleQuotes, at: position)
    case UInt8(ascii: "+"), UInt8(ascii: "."): return SyntaxError(.malformedNumber, at: position)
    case 0..<0x20: return SyntaxError(.unexpected(expected: expected), at: position)
    case 0x80...: return SyntaxError(.unexpected(expected: expected), at: position)
    default: break
    }
    let word = bytes[position...].prefix { isLetter($0) }
    guard word.count > 1 else { return SyntaxError(.unexpected(expected: expected), at: position) }
    let text = String(decoding: word.prefix(20), as: UTF8.self)
    return SyntaxError(.notJSONLiteral(text), at: position)
  }

  func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
