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
    guard changedChildren[node.index] == nil else {
      return children(of: node.index).first { isName($0.name, name) }.map { NodeID($0.value) }
    }
    var index = node.index + 1
    while index < nodes[Int(node.index)].next {
      if isName(index, name) { return NodeID(index + 1) }
      index = nodes[Int(index + 1)].next
    }
    return nil
  }

  /// The elements of an array; empty for everything else.
  public func elements(of node: NodeID) -> [NodeID] {
    guard nodes[Int(node.index)].kind == .array else { return [] }
    return children(of: node.index).map { NodeID($0.value) }
  }

  /// The members of an object in their order; empty for everything else.
  public func members(of node: NodeID) -> [(name: String, value: NodeID)] {
    guard nodes[Int(node.index)].kind == .object else { return [] }
    return children(of: node.index).map { child in
      (child.name.map(text) ?? "", NodeID(child.value))
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
    case .array: .array(elements(of: node).map(value))
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

  private func isName(_ index: UInt32?, _ name: String) -> Bool {
    guard let index else { return false }
    let node = nodes[Int(index)]
    if node.flags.contains(.escaped) { return text(index).isSpelled(like: name) }
    guard Int(node.end - node.start) - 2 == name.utf8.count else { return false }
    var offset = Int(node.start) + 1
    for byte in name.utf8 {
      if bytes[offset] != byte { return false }
      offset += 1
    }
    return true
  }
}
