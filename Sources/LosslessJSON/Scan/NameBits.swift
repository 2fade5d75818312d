/// What the names of an object have in common: it tells most names that the object does not have,
/// and filters ask for many. One bit stands for a sixteenth of all fingerprints.
struct NameBits: Sendable {
  private var bits: UInt16 = 0

  @inline(__always)
  private static func bit(_ fingerprint: UInt32) -> UInt16 { 1 << UInt16(fingerprint >> 28) }

  /// - Parameter fingerprint: of a name that the object has, or gets; ``Fingerprint/unknown``: it
  ///   may be any.
  @inline(__always)
  mutating func insert(_ fingerprint: UInt32) {
    bits |= fingerprint == Fingerprint.unknown ? .max : Self.bit(fingerprint)
  }

  /// Whether the object may have, or may have had, such a name.
  @inline(__always)
  func mayContain(_ fingerprint: UInt32) -> Bool { bits & Self.bit(fingerprint) != 0 }
}
