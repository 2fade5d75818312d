/// What tells most different member names apart at a glance: equal for names that are spelled
/// equally, without escapes.
enum Fingerprint {
  /// Of a name with escapes: its text has to be compared.
  static let unknown: UInt32 = 0

  /// Of a name's text without its quotes: made of the length and the last eight bytes.
  @inline(__always)
  static func of(_ text: UnsafeRawBufferPointer) -> UInt32 {
    let text = text.assumingMemoryBound(to: UInt8.self)
    if text.count >= 8 { return of(EightBytes(text, at: text.count - 8).word, text.count) }
    return of(text.reversed().reduce(0) { $0 << 8 | UInt64($1) }, text.count)
  }

  /// The same of a part of `bytes`.
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
