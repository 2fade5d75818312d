/// The names of a large object by their text: members are found, and names that stand twice, without
/// a look at all others.
struct NameTable: Sendable {
  /// Objects with more members have a table: a template's resources.
  static let minimumCount = 65

  /// Nodes of names; 0, which is no name's, where none is. Two places for each name, so that the
  /// next free one is close.
  private var slots: [UInt32]

  init(capacity: Int) {
    let count = 1 << (Int.bitWidth - (2 * capacity).leadingZeroBitCount)
    slots = [UInt32](repeating: 0, count: count)
  }

  /// - Parameter hasText: whether a name that is there has the same text.
  /// - Returns: the name of that text; `nil`: none has it.
  func find(_ text: UnsafeRawBufferPointer, _ hasText: (UInt32) -> Bool) -> UInt32? {
    let name = slots[slot(of: text, hasText)]
    return name == 0 ? nil : name
  }

  /// - Returns: whether no name of that text was there.
  mutating func insert(
    _ name: UInt32, _ text: UnsafeRawBufferPointer, _ hasText: (UInt32) -> Bool
  ) -> Bool {
    let slot = slot(of: text, hasText)
    guard slots[slot] == 0 else { return false }
    slots[slot] = name
    return true
  }

  /// Where the name of that text is, or would be.
  private func slot(of text: UnsafeRawBufferPointer, _ hasText: (UInt32) -> Bool) -> Int {
    // Not to be foreseen: nobody can choose names that fall into one slot.
    var hasher = Hasher()
    hasher.combine(bytes: text)
    var slot = hasher.finalize() & (slots.count - 1)
    while slots[slot] != 0, !hasText(slots[slot]) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}

extension Document {
  /// The table of an object that stands as it was read.
  func nameTable(of object: UInt32) -> NameTable? {
    let node = nodes[Int(object)]
    return node.flags.contains(.tabled) && node.tag == 0 ? nameTables[object] : nil
  }

  func member(_ name: UnsafeRawBufferPointer, in table: NameTable) -> NodeID? {
    table.find(name) { isName($0, name) }.map { NodeID($0 + 1) }
  }

  private func isName(_ index: UInt32, _ text: UnsafeRawBufferPointer) -> Bool {
    let node = nodes[Int(index)]
    guard !node.flags.contains(.escaped) else { return self.text(index).utf8.elementsEqual(text) }
    return bytes.withUnsafeBytes { $0[Int(node.start) + 1..<Int(node.end) - 1].elementsEqual(text) }
  }
}
