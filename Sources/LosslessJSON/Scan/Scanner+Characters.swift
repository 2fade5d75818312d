extension Scanner {
  /// The byte at the position; 0, which no JSON holds unescaped, at the end.
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  func byte(_ ahead: Int) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  /// Steps over the current byte and the white space after it.
  @inline(__always)
  mutating func advance() {
    position += 1
    skipWhiteSpace()
  }

  @inline(__always)
  mutating func skipWhiteSpace() {
    guard position < bytes.count, bytes[position] <= UInt8(ascii: " ") else { return }
    skipSpace()
    if current <= UInt8(ascii: " ") { skipLines() }
  }

  /// The single space of `": "` and `", "` is by far the most frequent.
  @inline(__always)
  private mutating func skipSpace() {
    if bytes[position] == UInt8(ascii: " ") { position += 1 }
  }

  /// Skips line ends and indentation, eight spaces a step.
  private mutating func skipLines() {
    let raw = UnsafeRawBufferPointer(bytes)
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      case UInt8(ascii: " "):
        var blanks = 8
        while blanks == 8, position + 8 <= bytes.count {
          let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
          let others = UInt64(littleEndian: word) ^ 0x2020_2020_2020_2020
          blanks = others.trailingZeroBitCount / 8
          position += blanks
        }
        if current == UInt8(ascii: " ") { position += 1 }
      default: return
      }
    }
  }

  func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
