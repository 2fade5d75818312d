/// The scanned values, without edits. A view of the document's memory, for code that reads every value of a
/// large document and must not allocate.
package struct ScannedNodes {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let nodes: UnsafeBufferPointer<Node>

  fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>, _ nodes: UnsafeBufferPointer<Node>) {
    self.bytes = bytes
    self.nodes = nodes
  }

  package func isString(_ node: NodeID) -> Bool { nodes[Int(node.index)].kind == .string }

  package func isNumber(_ node: NodeID) -> Bool { nodes[Int(node.index)].kind == .number }

  /// The bytes of a scalar or a member's name, without the quotes of a string.
  ///
  /// - Returns: `nil` if a string has escapes. In that case use ``text(of:)``.
  package func plainText(of node: NodeID) -> UnsafeBufferPointer<UInt8>? {
    let node = nodes[Int(node.index)]
    guard !node.flags.contains(.escaped) else { return nil }
    let quote = node.kind == .string ? 1 : 0
    return UnsafeBufferPointer(rebasing: bytes[Int(node.start) + quote..<Int(node.end) - quote])
  }

  /// The text of a string, or the spelling of another scalar.
  package func text(of node: NodeID) -> String {
    if let text = plainText(of: node) { return String(decoding: text, as: UTF8.self) }
    let node = nodes[Int(node.index)]
    let literal = bytes[Int(node.start)..<Int(node.end)]
    return StringLiteral.decode(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: literal)))
  }

  /// Visits the children of a container, and in objects the nodes of their names. A scalar has no children.
  package func forEachChild(of container: NodeID, _ visit: (_ name: NodeID?, NodeID) -> Void) {
    let isObject = nodes[Int(container.index)].kind == .object
    for child in ScannedChildren(nodes, of: container.index) {
      visit(isObject ? NodeID(child.start) : nil, NodeID(child.value))
    }
  }
}

extension Document {
  /// Calls `look` with the scanned values. Its nodes are invalid afterwards.
  package func withScannedNodes(_ look: (ScannedNodes, _ root: NodeID) -> Void) {
    tree.bytes.withUnsafeBufferPointer { bytes in
      tree.nodes.withUnsafeBufferPointer { nodes in look(ScannedNodes(bytes, nodes), NodeID(0)) }
    }
  }
}
