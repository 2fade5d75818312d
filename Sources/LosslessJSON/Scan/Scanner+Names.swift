extension Scanner {
  /// A member name of an object that is being scanned.
  struct Name {
    let node: UInt32
    /// Equal for equal names without escapes: their length and last bytes.
    let fingerprint: UInt64
    let isEscaped: Bool
  }

  /// Notes the name that was scanned last.
  mutating func noteName() {
    let index = nodes.count - 1
    let node = nodes[index]
    names.append(
      Name(
        node: UInt32(index), fingerprint: fingerprint(Int(node.start)..<Int(node.end)),
        isEscaped: node.flags.contains(.escaped)))
  }

  /// Refuses an object that has two members of one name, also when escapes spell it differently,
  /// and forgets its names.
  ///
  /// - Parameter first: where the object's names begin in ``names``.
  mutating func refuseDuplicateNames(from first: Int) throws(SyntaxError) {
    if names.count - first > 64 || (first..<names.count).contains(where: { names[$0].isEscaped }) {
      try compareTexts(from: first)
    } else {
      try comparePairs(from: first)
    }
    names.removeLast(names.count - first)
  }

  private func comparePairs(from first: Int) throws(SyntaxError) {
    for later in first..<names.count {
      let fingerprint = names[later].fingerprint
      for earlier in first..<later where names[earlier].fingerprint == fingerprint {
        let (one, other) = (literal(names[earlier].node), literal(names[later].node))
        if one.elementsEqual(other) { throw duplicate(names[later].node) }
      }
    }
  }

  private func compareTexts(from first: Int) throws(SyntaxError) {
    var seen: Set<[UInt8]> = []
    for name in names[first...] where !seen.insert(Array(text(name.node).utf8)).inserted {
      throw duplicate(name.node)
    }
  }

  private func fingerprint(_ literal: Range<Int>) -> UInt64 {
    var word: UInt64 = 0
    if literal.upperBound >= 8 {
      let raw = UnsafeRawBufferPointer(bytes)
      let last = raw.loadUnaligned(fromByteOffset: literal.upperBound - 8, as: UInt64.self)
      word = UInt64(littleEndian: last) >> UInt64(max(0, 8 - literal.count) * 8)
    } else {
      for (place, byte) in bytes[literal].enumerated() { word |= UInt64(byte) << (place * 8) }
    }
    return word ^ UInt64(literal.count) &* 0x9E37_79B9_7F4A_7C15
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
