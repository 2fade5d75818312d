extension Document {
  public enum Kind: String, Sendable {
    case null, bool, number, string, array, object
  }

  public func kind(of node: NodeID) -> Kind {
    switch nodes[Int(node.index)].kind {
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  /// The value of the member called `name`; `nil` when it is absent or `node` is no object.
  public func member(_ name: String, of node: NodeID) -> NodeID? {
    name.withBytes { member($0, Fingerprint.of($0), of: node.index) }
  }

  public func member(_ name: MemberName, of node: NodeID) -> NodeID? {
    member(name.bytes, name.fingerprint, of: node.index)
  }

  @inline(__always)
  private func member(
    _ name: UnsafeRawBufferPointer, _ fingerprint: UInt32, of object: UInt32
  ) -> NodeID? {
    let node = nodes[Int(object)]
    guard node.kind == .object, node.names.mayContain(fingerprint) else { return nil }
    return find(name, fingerprint, in: object)
  }

  // Out of the way of the look above, which answers most questions.
  @inline(never)
  private func find(
    _ name: UnsafeRawBufferPointer, _ fingerprint: UInt32, in object: UInt32
  ) -> NodeID? {
    let node = nodes[Int(object)]
    if node.tag > 0 { return find(name, fingerprint, inChanged: Int(node.tag) - 1) }
    if node.flags.contains(.tabled), let table = nameTable(of: object) {
      return member(name, in: table)
    }
    // Every filter looks for members in this loop: without bounds checks it takes half the time.
    return nodes.withUnsafeBufferPointer { nodes in
      var index = Int(object) &+ 1
      let end = Int(node.next)
      while index < end {
        let tag = nodes[index].tag
        if tag == fingerprint {
          if isSpelled(nodes[index], name) { return NodeID(UInt32(truncatingIfNeeded: index &+ 1)) }
        } else if tag == Fingerprint.unknown, isEscapedSpelling(index, of: name) {
          return NodeID(UInt32(truncatingIfNeeded: index &+ 1))
        }
        index = Int(nodes[index &+ 1].next)
      }
      return nil
    }
  }

  private func find(
    _ name: UnsafeRawBufferPointer, _ fingerprint: UInt32, inChanged place: Int
  ) -> NodeID? {
    nodes.withUnsafeBufferPointer { nodes in
      // One by one: who walks an array holds it for the while, which costs as much as the search.
      for number in 0..<changedChildren[place].count {
        let child = changedChildren[place][number]
        guard let index = child.name.map(Int.init) else { continue }
        let tag = nodes[index].tag
        if tag == fingerprint {
          if isSpelled(nodes[index], name) { return NodeID(child.value) }
        } else if tag == Fingerprint.unknown, isEscapedSpelling(index, of: name) {
          return NodeID(child.value)
        }
      }
      return nil
    }
  }

  /// Whether a member's name is that one.
  func isNamed(_ nameNode: UInt32, _ name: MemberName) -> Bool {
    let tag = nodes[Int(nameNode)].tag
    if tag == name.fingerprint { return isSpelled(nodes[Int(nameNode)], name.bytes) }
    return tag == Fingerprint.unknown && isEscapedSpelling(Int(nameNode), of: name.bytes)
  }

  /// Whether a name that is spelled with escapes has that text.
  // Out of the loops' way: hardly any name has escapes.
  @inline(never)
  private func isEscapedSpelling(_ index: Int, of name: UnsafeRawBufferPointer) -> Bool {
    text(UInt32(index)).utf8.elementsEqual(name)
  }

  /// The elements of an array; empty for everything else.
  public func elements(of node: NodeID) -> [NodeID] {
    let array = nodes[Int(node.index)]
    guard array.kind == .array else { return [] }
    if array.tag > 0 { return changedChildren[Int(array.tag) - 1].map { NodeID($0.value) } }
    guard array.next > node.index + 1 else { return [] }
    var elements: [NodeID] = []
    elements.reserveCapacity(scannedCount(of: node.index))
    forEachScanned(of: node.index) { _, value in elements.append(NodeID(value)) }
    return elements
  }

  /// The members of an object in their order; empty for everything else.
  public func members(of node: NodeID) -> [(name: String, value: NodeID)] {
    guard nodes[Int(node.index)].kind == .object else { return [] }
    return children(of: node.index).map { child in
      (child.name.map { text($0) } ?? "", NodeID(child.value))
    }
  }

  /// The values of an object's members in their order; empty for everything else.
  public func values(of node: NodeID) -> [NodeID] {
    guard nodes[Int(node.index)].kind == .object else { return [] }
    return children(of: node.index).map { NodeID($0.value) }
  }

  /// Whether a value is `null`, or an array or object without children.
  public func isEmpty(_ node: NodeID) -> Bool {
    switch kind(of: node) {
    case .null: true
    case .array, .object: firstValue(in: node.index) { _ in true } == nil
    case .bool, .number, .string: false
    }
  }

  /// The text of a string; `nil` for everything else.
  public func string(_ node: NodeID) -> String? {
    nodes[Int(node.index)].kind == .string ? text(node.index) : nil
  }

  /// The number as an integer; `nil` for everything else and beyond 64 bits.
  public func integer(_ node: NodeID) -> Int? {
    let number = nodes[Int(node.index)]
    guard number.kind == .number else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      UnsafeBufferPointer(rebasing: bytes[Int(number.start)..<Int(number.end)]).integer
    }
  }

  public func bool(_ node: NodeID) -> Bool? {
    guard nodes[Int(node.index)].kind == .bool else { return nil }
    return bytes[Int(nodes[Int(node.index)].start)] == UInt8(ascii: "t")
  }

  public func value(_ node: NodeID) -> JSONValue {
    switch nodes[Int(node.index)].kind {
    case .null: .null
    case .bool: .bool(bool(node) ?? false)
    case .number: .number(spelling(node.index))
    case .string: .string(text(node.index))
    case .array: .array(elements(of: node).map { value($0) })
    case .object:
      .object(
        children(of: node.index).map { child in
          JSONValue.Member(child.name.map { text($0) } ?? "", value(NodeID(child.value)))
        })
    }
  }

  /// Offset in bytes at which the value begins in what was read; for a value that an edit made,
  /// that of the closest container which was read.
  public func offset(of node: NodeID) -> Int {
    if let source { return offset(of: node, in: source) }
    var index = Int(node.index)
    while Int(nodes[index].start) >= inputCount { index = Int(nodes[index].parent) }
    return Int(nodes[index].start)
  }

  /// The text of a string node.
  func text(_ index: UInt32) -> String {
    let node = nodes[Int(index)]
    let range = Int(node.start)..<Int(node.end)
    guard node.flags.contains(.escaped) else {
      return String(decoding: bytes[(range.lowerBound + 1)..<(range.upperBound - 1)], as: UTF8.self)
    }
    return bytes.withUnsafeBytes {
      StringLiteral.decode(UnsafeRawBufferPointer(rebasing: $0[range]))
    }
  }

  func spelling(_ index: UInt32) -> String {
    let node = nodes[Int(index)]
    return String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
  }

  @inline(__always)
  private func isSpelled(_ node: Node, _ text: UnsafeRawBufferPointer) -> Bool {
    let start = Int(node.start) &+ 1
    guard Int(node.end) &- 1 &- start == text.count else { return false }
    return bytes.withUnsafeBytes { bytes in
      EightBytes.areEqual(
        UnsafeRawBufferPointer(start: bytes.baseAddress.map { $0 + start }, count: text.count), text
      )
    }
  }

  /// Whether a value is a string of that text.
  public func isString(_ node: NodeID, _ text: String) -> Bool {
    let literal = nodes[Int(node.index)]
    guard literal.kind == .string else { return false }
    if literal.flags.contains(.escaped) { return self.text(node.index).isSpelled(like: text) }
    return text.withBytes { isSpelled(literal, $0) }
  }

  /// Whether two strings have the same text.
  func haveSameText(_ one: UInt32, _ other: UInt32) -> Bool {
    let (left, right) = (nodes[Int(one)], nodes[Int(other)])
    guard !left.flags.contains(.escaped), !right.flags.contains(.escaped) else {
      return text(one).isSpelled(like: text(other))
    }
    return bytes[Int(left.start)..<Int(left.end)] == bytes[Int(right.start)..<Int(right.end)]
  }
}

extension String {
  /// Calls `body` with the UTF-8 of the text, without a copy where it is in one piece: as all
  /// strings of Swift's own are.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) {
      return result
    }
    return Array(utf8).withUnsafeBytes(body)
  }
}
