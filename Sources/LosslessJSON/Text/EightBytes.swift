/// SWAR: processes eight bytes per step in one 64-bit word. A mark is the top bit of a matching byte. Only
/// the lowest mark is reliable. <https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord>
struct EightBytes {
  let word: UInt64

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Loads eight bytes without a bounds check. The caller guarantees that they exist.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) {
    let raw = UnsafeRawBufferPointer(bytes)
    word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Marks quotes and backslashes.
  @inline(__always)
  var quoteMarks: UInt64 {
    let quotes = (word ^ (Self.ones &* UInt64(UInt8(ascii: "\"")))) &- Self.ones
    let backslashes = (word ^ (Self.ones &* UInt64(UInt8(ascii: "\\")))) &- Self.ones
    return (quotes | backslashes) & ~word & Self.tops
  }

  /// Marks line ends.
  @inline(__always)
  var lineEndMarks: UInt64 {
    ((word ^ (Self.ones &* UInt64(UInt8(ascii: "\n")))) &- Self.ones) & ~word & Self.tops
  }

  /// Marks control characters.
  @inline(__always)
  var controlMarks: UInt64 { (word &- Self.ones &* 0x20) & ~word & Self.tops }

  /// Marks quotes, backslashes, control characters and non-ASCII bytes, which end the plain text of
  /// a string.
  @inline(__always)
  var endMarks: UInt64 {
    // Zero is the only ASCII byte whose top bit is set by subtracting one.
    let quotes = (word ^ (Self.ones &* UInt64(UInt8(ascii: "\"")))) &- Self.ones
    let backslashes = (word ^ (Self.ones &* UInt64(UInt8(ascii: "\\")))) &- Self.ones
    return (quotes | backslashes | (word &- Self.ones &* 0x20) | word) & Self.tops
  }
}

extension EightBytes {
  /// Whether a text has a zero byte.
  static func hasZero(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count >= 8 else { return text.contains(0) }
    let bytes = text.assumingMemoryBound(to: UInt8.self)
    var offset = 0
    while offset < text.count &- 8 {
      if EightBytes(bytes, at: offset).hasZero { return true }
      offset = offset &+ 8
    }
    // The last eight bytes overlap bytes that were already tested.
    return EightBytes(bytes, at: text.count &- 8).hasZero
  }

  private var hasZero: Bool { (word &- Self.ones) & ~word & Self.tops != 0 }

  /// Whether two texts of equal length have equal bytes.
  @inline(__always)
  static func areEqual(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
    guard one.count >= 4 else { return zip(one, other).allSatisfy(==) }
    guard one.count >= 8 else {
      return areEqual(one, other, at: 0, UInt32.self)
        && areEqual(one, other, at: one.count &- 4, UInt32.self)
    }
    var offset = 0
    let last = one.count &- 8
    while offset < last {
      if !areEqual(one, other, at: offset, UInt64.self) { return false }
      offset = offset &+ 8
    }
    // The last eight bytes overlap bytes that were already compared.
    return areEqual(one, other, at: last, UInt64.self)
  }

  @inline(__always)
  private static func areEqual<Word: FixedWidthInteger & BitwiseCopyable>(
    _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer, at offset: Int, _: Word.Type
  ) -> Bool {
    one.loadUnaligned(fromByteOffset: offset, as: Word.self)
      == other.loadUnaligned(fromByteOffset: offset, as: Word.self)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether none of the bytes needs an escape in a JSON string.
  var isPlain: Bool {
    var position = 0
    while position &+ 8 <= count {
      let bytes = EightBytes(self, at: position)
      if bytes.quoteMarks | bytes.controlMarks != 0 { return false }
      position = position &+ 8
    }
    while position < count {
      let byte = self[position]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
      position = position &+ 1
    }
    return true
  }

  /// - Returns: the offset of the first one at `start` or after it, or ``count`` if there is none.
  func firstQuoteOrBackslash(from start: Int) -> Int {
    var position = start
    while position &+ 8 <= count {
      let marks = EightBytes(self, at: position).quoteMarks
      if marks != 0 { return position &+ marks.trailingZeroBitCount / 8 }
      position = position &+ 8
    }
    while position < count, self[position] != UInt8(ascii: "\""),
      self[position] != UInt8(ascii: "\\")
    {
      position += 1
    }
    return position
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// - Returns: the offset of the byte after the first line end at `start` or behind it; ``count`` if
  ///   there is none.
  package func firstLineEnd(from start: Int) -> Int {
    var position = start
    while position &+ 8 <= count {
      let marks = EightBytes(self, at: position).lineEndMarks
      if marks != 0 { return position &+ marks.trailingZeroBitCount / 8 &+ 1 }
      position = position &+ 8
    }
    while position < count {
      position += 1
      if self[position - 1] == UInt8(ascii: "\n") { break }
    }
    return position
  }
}

// MARK: Strings

extension String {
  /// Compares byte by byte, as JSON compares names and strings.
  func isSpelled(like other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withBytes { one in other.withBytes { EightBytes.areEqual(one, $0) } }
  }

  /// Calls `body` with the UTF-8 of the text. Does not copy contiguous strings, which native Swift strings
  /// are.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) {
      return result
    }
    return Array(utf8).withUnsafeBytes(body)
  }
}
