extension Scanner {
  /// Notes the name that was scanned last, with its fingerprint.
  mutating func noteName() {
    let index = nodes.count - 1
    let node = nodes[index]
    names.append(UInt32(index))
    guard !node.flags.contains(.escaped) else { return }
    let text = bytes[Int(node.start + 1)..<Int(node.end - 1)]
    nodes[index].tag = Fingerprint.of(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: text)))
  }

  /// Refuses an object that has two members of one name, also when escapes spell it differently,
  /// and forgets its names.
  ///
  /// - Parameter first: where the object's names begin in ``names``.
  mutating func refuseDuplicateNames(
    from first: Int, of object: UInt32
  ) throws(SyntaxError) {
    let isLarge = names.count - first >= NameTable.minimumCount
    if isLarge || names[first...].contains(where: { nodes[Int($0)].tag == Fingerprint.unknown }) {
      let table = try table(from: first)
      if isLarge, flags.isEmpty {
        nameTables[object] = table
        nodes[Int(object)].flags.insert(.tabled)
      }
    } else {
      try comparePairs(from: first)
    }
    names.removeLast(names.count - first)
  }

  private func comparePairs(from first: Int) throws(SyntaxError) {
    for later in first..<names.count {
      let fingerprint = nodes[Int(names[later])].tag
      for earlier in first..<later where nodes[Int(names[earlier])].tag == fingerprint {
        let (one, other) = (literal(names[earlier]), literal(names[later]))
        if one.elementsEqual(other) { throw duplicate(names[later]) }
      }
    }
  }

  private func table(from first: Int) throws(SyntaxError) -> NameTable {
    var table = NameTable(capacity: names.count - first)
    for name in names[first...] {
      let isNew = withText(name) { text in
        table.insert(name, text) { other in withText(other) { $0.elementsEqual(text) } }
      }
      if !isNew { throw duplicate(name) }
    }
    return table
  }

  /// Calls `body` with the bytes of a name's text.
  private func withText<Result>(
    _ name: UInt32, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if nodes[Int(name)].flags.contains(.escaped) { return text(name).withBytes(body) }
    let plain = UnsafeBufferPointer(rebasing: literal(name).dropFirst().dropLast())
    return body(UnsafeRawBufferPointer(plain))
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
