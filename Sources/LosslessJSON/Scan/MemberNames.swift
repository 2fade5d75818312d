/// A member name with its precomputed hash, for names that are looked up often.
///
/// A program has a fixed, small set of such names, so the bytes are never freed.
public struct MemberName: @unchecked Sendable {
  /// Never written after `init`, but the compiler cannot know that.
  let bytes: UnsafeRawBufferPointer
  let fingerprint: UInt32

  public init(_ text: String) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
    text.withBytes { copy.copyMemory(from: $0) }
    bytes = UnsafeRawBufferPointer(copy)
    fingerprint = Fingerprint.of(bytes)
  }

  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A 32-bit hash of a member name. Names with the same spelling and without escapes have equal
/// hashes.
enum Fingerprint {
  /// The value for a name with escapes, whose text must be compared instead.
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
    // Shifts out the bytes that precede a text shorter than eight bytes.
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

/// A Bloom filter of an object's member names. It answers most lookups of absent names without a search.
///
/// It has two parts, so that one of them can give its place in a ``Node`` to something else. A container has
/// about 14 members, so one lookup in five passes both, and two in three pass the narrow part.
struct NameFilter: Sendable {
  /// The upper four bits of a name's fingerprint choose its bit.
  var narrow: UInt16 = 0
  /// The next five bits choose its bit.
  var wide: UInt32 = 0

  @inline(__always)
  private static func narrowBit(_ fingerprint: UInt32) -> UInt16 { 1 << UInt16(fingerprint >> 28) }

  @inline(__always)
  private static func wideBit(_ fingerprint: UInt32) -> UInt32 { 1 << (fingerprint >> 23 & 31) }

  /// - Parameter fingerprint: the fingerprint of a name in the object. ``Fingerprint/unknown`` sets
  ///   every bit.
  @inline(__always)
  mutating func insert(_ fingerprint: UInt32) {
    let isKnown = fingerprint != Fingerprint.unknown
    narrow |= isKnown ? Self.narrowBit(fingerprint) : .max
    wide |= isKnown ? Self.wideBit(fingerprint) : .max
  }

  /// Whether the object may have, or may once have had, such a name.
  @inline(__always)
  func mayContain(_ fingerprint: UInt32) -> Bool {
    narrow & Self.narrowBit(fingerprint) != 0 && wide & Self.wideBit(fingerprint) != 0
  }
}

/// A hash table of a large object's member names, with open addressing. It finds members and duplicate
/// names without a search.
struct NameTable: Sendable {
  /// Objects with at least this many members have a table, such as a template's resources.
  static let minimumCount = 65

  /// The nodes of names. 0 is never the node of a name and marks a free slot. At least half of the slots are
  /// free, so that probing is short.
  private var slots: [UInt32]

  init(capacity: Int) {
    let count = 1 << (Int.bitWidth - (2 * capacity).leadingZeroBitCount)
    slots = [UInt32](repeating: 0, count: count)
  }

  /// - Parameter hasText: whether the name with this node has the text.
  /// - Returns: the node of the name, or `nil` if there is none.
  func find(_ text: UnsafeRawBufferPointer, _ hasText: (UInt32) -> Bool) -> UInt32? {
    let name = slots[slot(of: text, hasText)]
    return name == 0 ? nil : name
  }

  /// Inserts a name if the table has none with this text.
  ///
  /// - Returns: the node of the name that the table has, or `nil` if it had none.
  mutating func findOrInsert(
    _ name: UInt32, _ text: UnsafeRawBufferPointer, _ hasText: (UInt32) -> Bool
  ) -> UInt32? {
    let slot = slot(of: text, hasText)
    guard slots[slot] == 0 else { return slots[slot] }
    slots[slot] = name
    return nil
  }

  /// The slot that contains the name, or in which it would be inserted.
  private func slot(of text: UnsafeRawBufferPointer, _ hasText: (UInt32) -> Bool) -> Int {
    // `Hasher` is seeded at random, so nobody can choose names that collide.
    var hasher = Hasher()
    hasher.combine(bytes: text)
    var slot = hasher.finalize() & (slots.count - 1)
    while slots[slot] != 0, !hasText(slots[slot]) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}
