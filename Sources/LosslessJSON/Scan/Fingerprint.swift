/// A 32-bit hash of a member name. Names that are spelled equally, without escapes, have equal
/// hashes.
enum Fingerprint {
  /// The value for a name with escapes, whose text has to be compared.
  static let unknown: UInt32 = 0

  /// Hashes a name's text without its quotes, from its length and its last eight bytes.
  @inline(__always)
  static func of(_ text: UnsafeRawBufferPointer) -> UInt32 {
    let text = text.assumingMemoryBound(to: UInt8.self)
    if text.count >= 8 { return of(EightBytes(text, at: text.count - 8).word, text.count) }
    return of(text.reversed().reduce(0) { $0 << 8 | UInt64($1) }, text.count)
  }

  /// Hashes a name that is a part of `bytes`.
  @inline(__always)
  static func of(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> UInt32 {
    let count = end &- start
    guard end >= 8 else {
      return of(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<end])))
    }
    // What stands before a shorter text is shifted away.
    let word = EightBytes(bytes, at: end &- 8).word
    return of(count < 8 ? word >> UInt64(64 &- 8 &* count) : word, count)
  }

  @inline(__always)
  private static func of(_ lastBytes: UInt64, _ count: Int) -> UInt32 {
    // Fibonacci hashing: the upper half of the product depends on every bit.
    let product = (lastBytes ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: product >> 32) | 1
  }
}
