/// Eight bytes that are looked at at once. Of the marks, in the top bits of bytes, only the lowest is
/// sure to be real. <https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord>
struct EightBytes {
  let word: UInt64

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Unaligned loads have no safe spelling; the caller sees to it that all eight bytes are there.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) {
    let raw = UnsafeRawBufferPointer(bytes)
    word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Marks the bytes that have this value.
  @inline(__always)
  func marks(of byte: UInt8) -> UInt64 {
    let zeros = word ^ (Self.ones &* UInt64(byte))
    return (zeros &- Self.ones) & ~zeros & Self.tops
  }

  /// Marks control characters.
  @inline(__always)
  var controlMarks: UInt64 { (word &- Self.ones &* 0x20) & ~word & Self.tops }

  /// Marks bytes that are no ASCII.
  @inline(__always)
  var nonASCIIMarks: UInt64 { word & Self.tops }
}

extension EightBytes {
  /// Whether two texts of one length have the same bytes.
  @inline(__always)
  static func areEqual(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
    var offset = 0
    while offset + 8 <= one.count {
      let left = one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if left != other.loadUnaligned(fromByteOffset: offset, as: UInt64.self) { return false }
      offset += 8
    }
    while offset < one.count {
      if one[offset] != other[offset] { return false }
      offset += 1
    }
    return true
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether no byte needs an escape in a JSON string.
  var isPlain: Bool {
    var position = 0
    while position + 8 <= count {
      let bytes = EightBytes(self, at: position)
      let marks =
        bytes.marks(of: UInt8(ascii: "\"")) | bytes.marks(of: UInt8(ascii: "\\"))
        | bytes.controlMarks
      if marks != 0 { return false }
      position += 8
    }
    return self[position...].allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
  }

  /// - Returns: the offset of the first one at `start` or behind it; ``count``: there is none.
  func firstQuoteOrBackslash(from start: Int) -> Int {
    var position = start
    while position + 8 <= count {
      let bytes = EightBytes(self, at: position)
      let marks = bytes.marks(of: UInt8(ascii: "\"")) | bytes.marks(of: UInt8(ascii: "\\"))
      if marks != 0 { return position + marks.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < count, self[position] != UInt8(ascii: "\""),
      self[position] != UInt8(ascii: "\\")
    {
      position += 1
    }
    return position
  }
}
