/// A list of member names that finds the place of a name without comparing it with each.
public struct MemberNameList: Sendable {
  public let names: [MemberName]
  /// A hash table of places in ``names``, with open addressing. `free` marks a slot without a name. At least
  /// half of the slots are free, so that probing is short.
  private let slots: [UInt16]

  private static let free = UInt16.max

  public init(_ names: [MemberName]) {
    self.names = names
    let count = 1 << (Int.bitWidth - (2 * names.count).leadingZeroBitCount)
    var slots = [UInt16](repeating: Self.free, count: count)
    for (place, name) in names.enumerated() {
      var slot = Int(name.fingerprint >> 1) & (count - 1)
      while slots[slot] != Self.free { slot = (slot + 1) & (count - 1) }
      slots[slot] = UInt16(place)
    }
    self.slots = slots
  }

  /// - Parameters:
  ///   - fingerprint: the name's fingerprint. ``Fingerprint/unknown`` compares it with each name.
  ///   - hasText: whether the name has a text.
  /// - Returns: the place of the name in ``names``, or `nil` if it is not in the list.
  func place(_ fingerprint: UInt32, _ hasText: (MemberName) -> Bool) -> Int? {
    guard fingerprint != Fingerprint.unknown else { return names.firstIndex(where: hasText) }
    // The lowest bit of a fingerprint is always set.
    var slot = Int(fingerprint >> 1) & (slots.count - 1)
    while slots[slot] != Self.free {
      let place = Int(slots[slot])
      if names[place].fingerprint == fingerprint, hasText(names[place]) { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
