/// A 16-bit Bloom filter of an object's member names. It answers most lookups of absent names
/// without a search. The upper four bits of a name's fingerprint choose its bit.
struct NameBits: Sendable {
  private var bits: UInt16 = 0

  @inline(__always)
  private static func bit(_ fingerprint: UInt32) -> UInt16 { 1 << UInt16(fingerprint >> 28) }

  /// - Parameter fingerprint: the fingerprint of a name in the object. ``Fingerprint/unknown`` sets
  ///   every bit.
  @inline(__always)
  mutating func insert(_ fingerprint: UInt32) {
    bits |= fingerprint == Fingerprint.unknown ? .max : Self.bit(fingerprint)
  }

  /// Whether the object may have, or may have had, such a name.
  @inline(__always)
  func mayContain(_ fingerprint: UInt32) -> Bool { bits & Self.bit(fingerprint) != 0 }
}
