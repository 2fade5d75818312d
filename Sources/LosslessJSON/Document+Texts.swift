extension Document {
  /// Whether a value is a string whose UTF-8 passes a test: in place, where nothing is escaped.
  public func isString(_ node: NodeID, where test: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    let literal = nodes[Int(node.index)]
    guard literal.kind == .string else { return false }
    if literal.flags.contains(.escaped) {
      return Array(text(node.index).utf8).withUnsafeBufferPointer(test)
    }
    // Without its quotes.
    let text = Int(literal.start) + 1..<Int(literal.end) - 1
    return bytes.withUnsafeBufferPointer { test(UnsafeBufferPointer(rebasing: $0[text])) }
  }

  /// The members of an object whose names begin with a text, in their order; empty for everything
  /// else.
  public func members(
    of node: NodeID, withPrefix prefix: String
  ) -> [(name: String, value: NodeID)] {
    guard kind(of: node) == .object else { return [] }
    var members: [(name: String, value: NodeID)] = []
    let add = { (name: UInt32?, value: UInt32) in
      guard let name, isString(NodeID(name), where: { $0.starts(with: prefix.utf8) }) else {
        return
      }
      members.append((text(name), NodeID(value)))
    }
    if let changed = changedChildren(of: node.index) {
      for child in changed { add(child.name, child.value) }
    } else {
      forEachScanned(of: node.index, add)
    }
    return members
  }
}
