extension Scanner {
  /// Refuses an object that has two members of one name, also when escapes spell it differently.
  func refuseDuplicateNames(in object: UInt32) throws(SyntaxError) {
    let names = memberNames(of: object)
    if names.count <= 12 { return try comparePairs(names) }
    var seen: [Int: [UInt32]] = [:]
    for name in names {
      var hasher = Hasher()
      withText(of: name) { hasher.combine(bytes: $0) }
      let hash = hasher.finalize()
      for earlier in seen[hash, default: []] where isSame(earlier, name) { throw duplicate(name) }
      seen[hash, default: []].append(name)
    }
  }

  private func memberNames(of object: UInt32) -> [UInt32] {
    var names: [UInt32] = []
    var index = object + 1
    while index < nodes[Int(object)].next {
      names.append(index)
      index = nodes[Int(index + 1)].next
    }
    return names
  }

  private func comparePairs(_ names: [UInt32]) throws(SyntaxError) {
    for (count, name) in names.enumerated() {
      for earlier in names[..<count] where isSame(earlier, name) { throw duplicate(name) }
    }
  }

  private func isSame(_ left: UInt32, _ right: UInt32) -> Bool {
    let (one, other) = (nodes[Int(left)], nodes[Int(right)])
    if one.flags.union(other.flags).contains(.escaped) { return text(left) == text(right) }
    let length = one.end - one.start
    guard length == other.end - other.start else { return false }
    for offset in 1..<length
    where bytes[Int(one.start + offset)] != bytes[Int(other.start + offset)] {
      return false
    }
    return true
  }

  private func duplicate(_ name: UInt32) -> SyntaxError {
    SyntaxError(.duplicateName(text(name)), at: Int(nodes[Int(name)].start))
  }

  private func text(_ name: UInt32) -> String {
    withText(of: name) { String(decoding: $0, as: UTF8.self) }
  }

  private func withText<Result>(of name: UInt32, _ body: (UnsafeRawBufferPointer) -> Result)
    -> Result
  {
    let node = nodes[Int(name)]
    let literal = UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(bytes)[Int(node.start)..<Int(node.end)])
    if node.flags.contains(.escaped) {
      var text = StringLiteral.decode(literal)
      return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
    return body(UnsafeRawBufferPointer(rebasing: literal[1..<(literal.count - 1)]))
  }
}
