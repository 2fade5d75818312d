extension Scanner {
  /// The names of an object while it is scanned.
  struct Names {
    private(set) var count = 0
    private var hasEscapes = false
    private(set) var bits = NameBits()

    /// Few names are compared one by one as they come, others all at once when the object ends.
    var areComparedLast: Bool { count >= NameTable.minimumCount || hasEscapes }

    /// - Returns: whether the name may be one of those before it.
    @inline(__always)
    mutating func add(_ fingerprint: UInt32) -> Bool {
      let isKnown = bits.mayContain(fingerprint)
      bits.insert(fingerprint)
      count = count &+ 1
      if fingerprint == Fingerprint.unknown { hasEscapes = true }
      return isKnown && !areComparedLast
    }
  }

  /// Notes the fingerprint of the name that was scanned last, and refuses an object that has two
  /// members of one name.
  @inline(__always)
  mutating func noteName(in object: UInt32, _ names: inout Names) throws(SyntaxError) {
    let index = nodes.count - 1
    let node = nodes[index]
    var fingerprint = Fingerprint.unknown
    if !node.flags.contains(.escaped) {
      let text = bytes[Int(node.start + 1)..<Int(node.end - 1)]
      fingerprint = Fingerprint.of(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: text)))
      nodes[index].tag = fingerprint
    }
    if names.add(fingerprint) { try compare(UInt32(index), in: object) }
  }

  private func compare(_ name: UInt32, in object: UInt32) throws(SyntaxError) {
    for earlier in names(of: object, before: name)
    where nodes[Int(earlier)].tag == nodes[Int(name)].tag
      && literal(earlier).elementsEqual(literal(name))
    {
      throw duplicate(name)
    }
  }

  /// The same for all names of an object that has ended, also where escapes spell one differently.
  ///
  /// - Parameter count: of names.
  mutating func compareAll(in object: UInt32, _ count: Int) throws(SyntaxError) {
    var table = NameTable(capacity: count)
    for name in names(of: object, before: UInt32(nodes.count)) {
      let isNew = withText(name) { text in
        table.insert(name, text) { other in withText(other) { $0.elementsEqual(text) } }
      }
      if !isNew { throw duplicate(name) }
    }
    guard count >= NameTable.minimumCount, flags.isEmpty else { return }
    nameTables[object] = table
    nodes[Int(object)].flags.insert(.tabled)
  }

  /// Calls `body` with the bytes of a name's text.
  private func withText<Result>(
    _ name: UInt32, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if nodes[Int(name)].flags.contains(.escaped) { return text(name).withBytes(body) }
    let plain = UnsafeBufferPointer(rebasing: literal(name).dropFirst().dropLast())
    return body(UnsafeRawBufferPointer(plain))
  }

  private func names(of object: UInt32, before end: UInt32) -> some Sequence<UInt32> {
    sequence(first: object + 1) { nodes[Int($0 + 1)].next }.prefix { $0 < end }
  }

  private func duplicate(_ name: UInt32) -> SyntaxError {
    SyntaxError(.duplicateName(text(name)), at: Int(nodes[Int(name)].start))
  }

  private func text(_ name: UInt32) -> String {
    let literal = literal(name)
    guard nodes[Int(name)].flags.contains(.escaped) else {
      return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self)
    }
    return StringLiteral.decode(UnsafeRawBufferPointer(literal))
  }

  private func literal(_ name: UInt32) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[Int(name)]
    return UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
  }
}
