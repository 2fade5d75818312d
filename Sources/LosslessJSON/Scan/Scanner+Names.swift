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

  /// Scans a name, and refuses an object that has two members of one name.
  @inline(__always)
  mutating func scanName(in object: UInt32, _ names: inout Names) throws(SyntaxError) {
    let start = position
    let special = try skipString(isName: true)
    let fingerprint =
      special.contains(.escaped)
      ? Fingerprint.unknown : Fingerprint.of(bytes, from: start &+ 1, to: position &- 1)
    record(.string, from: start, parent: object, extra: special, tag: fingerprint)
    if names.add(fingerprint) { try compare(UInt32(nodes.count - 1), in: object) }
  }

  private func compare(_ name: UInt32, in object: UInt32) throws(SyntaxError) {
    var earlier = object + 1
    while earlier < name {
      if nodes[earlier].tag == nodes[name].tag, literal(earlier).elementsEqual(literal(name)) {
        throw duplicate(name)
      }
      earlier = nodes[earlier + 1].next
    }
  }

  /// The same for all names of an object that has ended, also where escapes spell one differently.
  ///
  /// - Parameter count: of names.
  mutating func compareAll(in object: UInt32, _ count: Int) throws(SyntaxError) {
    var table = NameTable(capacity: count)
    var name = object + 1
    while name < nodes.count {
      let isNew = withText(name) { text in
        table.insert(name, text) { other in withText(other) { $0.elementsEqual(text) } }
      }
      if !isNew { throw duplicate(name) }
      name = nodes[name + 1].next
    }
    guard count >= NameTable.minimumCount, flags.isEmpty else { return }
    nameTables[object] = table
    nodes[object].flags.insert(.tabled)
  }

  /// Calls `body` with the bytes of a name's text.
  private func withText<Result>(
    _ name: UInt32, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if nodes[name].flags.contains(.escaped) { return text(name).withBytes(body) }
    let plain = UnsafeBufferPointer(rebasing: literal(name).dropFirst().dropLast())
    return body(UnsafeRawBufferPointer(plain))
  }

  private func duplicate(_ name: UInt32) -> SyntaxError {
    SyntaxError(.duplicateName(text(name)), at: Int(nodes[name].start))
  }

  private func text(_ name: UInt32) -> String {
    let literal = literal(name)
    guard nodes[name].flags.contains(.escaped) else {
      return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self)
    }
    return StringLiteral.decode(UnsafeRawBufferPointer(literal))
  }

  private func literal(_ name: UInt32) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[name]
    return UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
  }
}
