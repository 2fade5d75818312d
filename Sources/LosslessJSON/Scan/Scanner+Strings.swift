extension Scanner {
  @inline(__always)
  mutating func scanString(parent: UInt32) throws(SyntaxError) {
    let start = position
    let special = try skipString(isName: false)
    record(.string, from: start, parent: parent, extra: special)
  }

  /// Skips a literal with its quotes. Hardly any holds more than plain text.
  ///
  /// - Parameter isName: member names may not hold `\u0000`: json-c cuts names there.
  /// - Returns: ``Node/Flags/escaped`` or nothing.
  @inline(__always)
  mutating func skipString(isName: Bool) throws(SyntaxError) -> Node.Flags {
    let start = position
    position = bytes.endOfPlainText(from: start &+ 1)
    guard current == UInt8(ascii: "\"") else {
      return try skipSpecialText(from: start, isName: isName)
    }
    position = position &+ 1
    return []
  }

  /// The same from the first byte on that is not plain.
  @inline(never)
  private mutating func skipSpecialText(
    from start: Int, isName: Bool
  ) throws(SyntaxError) -> Node.Flags {
    var special: Node.Flags = []
    while true {
      guard position < bytes.count else {
        throw SyntaxError(.unexpectedEnd(expected: "the closing quote of a string"), at: start)
      }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return special
      case UInt8(ascii: "\\"):
        special = .escaped
        try scanEscape(isName: isName)
      case 0x80...:
        try scanNonASCII()
      default:
        throw SyntaxError(.controlCharacter(bytes[position]), at: position)
      }
      position = bytes.endOfPlainText(from: position)
    }
  }

  private mutating func scanEscape(isName: Bool) throws(SyntaxError) {
    let start = position
    switch byte(1) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      let unit = try scanCodeUnit()
      if unit == 0, isName { throw SyntaxError(.nullInName, at: start) }
      if (0xDC00...0xDFFF).contains(unit) { throw SyntaxError(.loneSurrogate, at: start) }
      guard (0xD800...0xDBFF).contains(unit) else { return }
      guard byte(0) == UInt8(ascii: "\\"), byte(1) == UInt8(ascii: "u"),
        (0xDC00...0xDFFF).contains(try scanCodeUnit())
      else { throw SyntaxError(.loneSurrogate, at: start) }
    default:
      throw SyntaxError(.invalidEscape, at: start)
    }
  }

  /// Scans `\uXXXX`.
  private mutating func scanCodeUnit() throws(SyntaxError) -> UInt32 {
    var unit: UInt32 = 0
    for index in 2..<6 {
      let digit = byte(index)
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit * 16 + UInt32(digit & 0x0F)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        unit = unit * 16 + UInt32(digit & 0x0F) + 9
      default: throw SyntaxError(.invalidEscape, at: position)
      }
    }
    position += 6
    return unit
  }

  /// Scans one character of two to four bytes: no overlong forms, no surrogates, none above
  /// U+10FFFF (Unicode Standard, table 3-7).
  private mutating func scanNonASCII() throws(SyntaxError) {
    let second = byte(1)
    let length: Int
    switch bytes[position] {
    case 0xC2...0xDF: length = 2
    case 0xE0 where second >= 0xA0, 0xED where second <= 0x9F: length = 3
    case 0xE1...0xEC, 0xEE...0xEF: length = 3
    case 0xF0 where second >= 0x90, 0xF4 where second <= 0x8F: length = 4
    case 0xF1...0xF3: length = 4
    default: throw SyntaxError(.invalidUTF8, at: position)
    }
    for index in 1..<length where byte(index) & 0xC0 != 0x80 {
      throw SyntaxError(.invalidUTF8, at: position)
    }
    position += length
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// - Returns: the offset of the first quote, backslash, control character or non-ASCII byte at
  ///   `start` or behind it; ``count``: there is none.
  @inline(__always)
  fileprivate func endOfPlainText(from start: Int) -> Int {
    var position = start
    while position &+ 8 <= count {
      let marks = EightBytes(self, at: position).endMarks
      if marks != 0 { return position &+ marks.trailingZeroBitCount / 8 }
      position = position &+ 8
    }
    while position < count, isPlain(self[position]) { position = position &+ 1 }
    return position
  }

  private func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
