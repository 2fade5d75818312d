/// A list of member names that finds the place of a name without comparing it with each.
///
/// A program has a fixed, small set of such lists, so the memory is never freed. Copies of a list are free.
public struct MemberNameList: @unchecked Sendable {
  /// A slot of the hash table: the place of a name, and its fingerprint, which is
  /// ``Fingerprint/unknown`` if the slot is free.
  private struct Slot {
    var fingerprint = Fingerprint.unknown
    var place: UInt32 = 0
  }

  /// Never written after `init`, but the compiler cannot know that.
  public let names: UnsafeBufferPointer<MemberName>
  /// A hash table with open addressing. At least half of the slots are free, so that probing is short.
  private let slots: UnsafeBufferPointer<Slot>

  public init(_ names: [MemberName]) {
    let copy = UnsafeMutableBufferPointer<MemberName>.allocate(capacity: names.count)
    _ = copy.initialize(fromContentsOf: names)
    let count = 1 << (Int.bitWidth - (2 * names.count).leadingZeroBitCount)
    let slots = UnsafeMutableBufferPointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: Slot())
    for (place, name) in names.enumerated() {
      var slot = Int(name.fingerprint >> 1) & (count - 1)
      while slots[slot].fingerprint != Fingerprint.unknown { slot = (slot + 1) & (count - 1) }
      slots[slot] = Slot(fingerprint: name.fingerprint, place: UInt32(place))
    }
    self.names = UnsafeBufferPointer(copy)
    self.slots = UnsafeBufferPointer(slots)
  }

  /// - Parameters:
  ///   - fingerprint: the name's fingerprint. ``Fingerprint/unknown`` compares it with each name.
  ///   - hasText: whether the name has a text.
  /// - Returns: the place of the name in ``names``, or `nil` if it is not in the list.
  @inline(__always)
  func place(_ fingerprint: UInt32, _ hasText: (MemberName) -> Bool) -> Int? {
    guard fingerprint != Fingerprint.unknown else { return names.firstIndex(where: hasText) }
    // The lowest bit of a fingerprint is always set.
    var slot = Int(fingerprint >> 1) & (slots.count &- 1)
    while slots[slot].fingerprint != Fingerprint.unknown {
      let place = Int(slots[slot].place)
      if slots[slot].fingerprint == fingerprint, hasText(names[place]) { return place }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return nil
  }
}
