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

  /// Integers must fit 64 bits: json-c and most readers clamp or round larger ones in silence.
  /// Fractions and exponents are not judged: every byte of them is kept.
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

  /// Whether a spelling is a number that the scan accepts.
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
  /// The number that these digits, perhaps behind a minus, spell; `nil` beyond 64 bits and for
  /// everything else.
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
