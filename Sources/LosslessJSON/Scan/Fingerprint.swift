/// What tells most different member names apart at a glance: equal for names that are spelled
/// equally, without escapes.
enum Fingerprint {
  /// Of a name with escapes: its text has to be compared.
  static let unknown: UInt32 = 0

  /// Of a name's text without its quotes: made of the length and the last eight bytes.
  @inline(__always)
  static func of(_ text: UnsafeRawBufferPointer) -> UInt32 {
    var word: UInt64 = 0
    if text.count >= 8 {
      word = text.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self)
    } else {
      for byte in text { word = word << 8 | UInt64(byte) }
    }
    // Fibonacci hashing: the upper half of the product depends on every bit.
    let product = (word ^ UInt64(truncatingIfNeeded: text.count)) &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: product >> 32) | 1
  }
}
