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
    guard nodes[Int(node.index)].kind == .object else { return nil }
    if let table = nameTable(of: node.index) { return member(name, in: table) }
    return name.withBytes { member($0, of: node.index).map { NodeID($0) } }
  }

  private func member(_ name: UnsafeRawBufferPointer, of object: UInt32) -> UInt32? {
    let fingerprint = Fingerprint.of(name)
    let tag = nodes[Int(object)].tag
    if tag > 0 {
      return changedChildren[Int(tag) - 1].withUnsafeBufferPointer { children in
        children.first { child in
          child.name.map { isName($0, name, fingerprint) } ?? false
        }?.value
      }
    }
    // Every filter looks for members in this loop: without bounds checks it takes half the time.
    return nodes.withUnsafeBufferPointer { nodes in
      var index = Int(object) + 1
      let end = Int(nodes[Int(object)].next)
      while index < end {
        let tag = nodes[index].tag
        if tag == fingerprint || tag == Fingerprint.unknown,
          isName(UInt32(index), name, fingerprint)
        {
          return UInt32(index + 1)
        }
        index = Int(nodes[index + 1].next)
      }
      return nil
    }
  }

  /// The elements of an array; empty for everything else.
  public func elements(of node: NodeID) -> [NodeID] {
    guard nodes[Int(node.index)].kind == .array else { return [] }
    if let changed = changedChildren(of: node.index) { return changed.map { NodeID($0.value) } }
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

  /// The text of a string; `nil` for everything else.
  public func string(_ node: NodeID) -> String? {
    nodes[Int(node.index)].kind == .string ? text(node.index) : nil
  }

  /// The number as an integer; `nil` for everything else and beyond 64 bits.
  public func integer(_ node: NodeID) -> Int? {
    nodes[Int(node.index)].kind == .number ? Int(spelling(node.index)) : nil
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
    case .object: .object(members(of: node).map { JSONValue.Member($0.name, value($0.value)) })
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
  private func isName(
    _ index: UInt32, _ name: UnsafeRawBufferPointer, _ fingerprint: UInt32
  ) -> Bool {
    let node = nodes[Int(index)]
    if node.tag == fingerprint { return isSpelled(node, name) }
    guard node.tag == Fingerprint.unknown else { return false }
    return text(index).utf8.elementsEqual(name)
  }

  @inline(__always)
  private func isSpelled(_ node: Node, _ text: UnsafeRawBufferPointer) -> Bool {
    let start = Int(node.start) + 1
    guard Int(node.end) - 1 - start == text.count else { return false }
    return bytes.withUnsafeBytes { bytes in
      EightBytes.areEqual(UnsafeRawBufferPointer(rebasing: bytes[start..<start + text.count]), text)
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
