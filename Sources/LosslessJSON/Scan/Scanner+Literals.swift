// MARK: Words and numbers

extension Scanner {
  mutating func scanWord(
    _ word: StaticString, _ kind: Node.Kind, parent: UInt32
  ) throws(SyntaxError) {
    let start = position
    let length = word.utf8CodeUnitCount
    for index in 0..<length where byte(index) != word.utf8Start[index] {
      throw unexpectedValue()
    }
    if isLetter(byte(length)) || isDigit(byte(length)) { throw unexpectedValue() }
    position += length
    record(kind, from: start, parent: parent)
  }

  /// Integers must fit in 64 bits, because json-c and most other parsers silently clamp or round larger ones.
  /// Fractions and exponents have no limit, because their spelling is kept.
  mutating func scanNumber(parent: UInt32) throws(SyntaxError) {
    let start = position
    try skipNumber()
    record(.number, from: start, parent: parent)
  }

  private mutating func skipNumber() throws(SyntaxError) {
    let start = position
    if current == UInt8(ascii: "-") {
      position += 1
      let word = word(at: position)
      if !word.isEmpty { throw SyntaxError(.notJSONLiteral("-" + word), at: start) }
    }
    let leadingZero = current == UInt8(ascii: "0")
    let digits = skipDigits()
    guard digits == 1 || (digits > 1 && !leadingZero) else {
      throw SyntaxError(.malformedNumber, at: start)
    }
    let integerEnd = position
    if current == UInt8(ascii: ".") {
      position += 1
      guard skipDigits() > 0 else { throw SyntaxError(.malformedNumber, at: start) }
    }
    if current | 0x20 == UInt8(ascii: "e") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() > 0 else { throw SyntaxError(.malformedNumber, at: start) }
    }
    if isLetter(current) || current == UInt8(ascii: ".") || current == UInt8(ascii: "_") {
      throw SyntaxError(.malformedNumber, at: start)
    }
    if position == integerEnd, digits > 18, !fits64Bits(start..<position) {
      throw SyntaxError(.integerBeyond64Bits, at: start)
    }
  }

  /// Whether a spelling is a number that the scanner accepts.
  static func isNumber(_ spelling: String) -> Bool {
    var spelling = spelling
    return spelling.withUTF8 { utf8 in
      var scanner = Scanner(utf8, from: 0, flags: [])
      do throws(SyntaxError) { try scanner.skipNumber() } catch { return false }
      return scanner.position == utf8.count
    }
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while isDigit(current) { position += 1 }
    return position - start
  }

  private func fits64Bits(_ range: Range<Int>) -> Bool {
    let text = String(decoding: bytes[range], as: UTF8.self)
    return Int64(text) != nil || UInt64(text) != nil
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The integer that these bytes spell in decimal, or `nil` for other texts and numbers beyond 64 bits.
  var integer: Int? {
    let isNegative = first == UInt8(ascii: "-")
    guard count > (isNegative ? 1 : 0) else { return nil }
    var number = 0
    for byte in self[(isNegative ? 1 : 0)...] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let (tenfold, isLarge) = number.multipliedReportingOverflow(by: 10)
      let digit = Int(byte - UInt8(ascii: "0"))
      let (sum, isLarger) = tenfold.addingReportingOverflow(isNegative ? -digit : digit)
      guard !isLarge, !isLarger else { return nil }
      number = sum
    }
    return number
  }
}

// MARK: Strings

extension Scanner {
  @inline(__always)
  mutating func scanString(parent: UInt32) throws(SyntaxError) {
    let start = position
    let special = try skipString(isName: false)
    record(.string, from: start, parent: parent, extra: special)
  }

  /// Skips a literal with its quotes. Nearly all literals are plain text.
  ///
  /// - Parameter isName: whether the literal is a member name, which must not contain `\u0000`, because
  /// json-c truncates names there.
  /// - Returns: ``Node/Flags/escaped``, or no flags.
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

  /// Skips the rest of a literal from the first byte that is not plain.
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

  /// Scans one character of two to four bytes. Rejects overlong forms, surrogates, and values above U+10FFFF
  /// (Unicode Standard, table 3-7).
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
  /// `start` or after it, or ``count`` if there is none.
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
