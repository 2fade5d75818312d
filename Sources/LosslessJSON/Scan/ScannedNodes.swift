/// What was read of a document, whatever edits have made of it since: for whoever looks at every
/// value of a large one, as it lies in memory, and builds nothing.
package struct ScannedNodes {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let nodes: UnsafeBufferPointer<Node>

  fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>, _ nodes: UnsafeBufferPointer<Node>) {
    self.bytes = bytes
    self.nodes = nodes
  }

  package func isString(_ node: NodeID) -> Bool { nodes[Int(node.index)].kind == .string }

  package func isNumber(_ node: NodeID) -> Bool { nodes[Int(node.index)].kind == .number }

  /// The bytes of a scalar or a member's name; of a string those between its quotes.
  ///
  /// - Returns: `nil` when a string is spelled with escapes: see ``text(of:)``.
  package func plainText(of node: NodeID) -> UnsafeBufferPointer<UInt8>? {
    let node = nodes[Int(node.index)]
    guard !node.flags.contains(.escaped) else { return nil }
    let quote = node.kind == .string ? 1 : 0
    return UnsafeBufferPointer(rebasing: bytes[Int(node.start) + quote..<Int(node.end) - quote])
  }

  /// A string, or another scalar as it is spelled.
  package func text(of node: NodeID) -> String {
    if let text = plainText(of: node) { return String(decoding: text, as: UTF8.self) }
    let node = nodes[Int(node.index)]
    let literal = bytes[Int(node.start)..<Int(node.end)]
    return StringLiteral.decode(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: literal)))
  }

  /// Visits the values in a container, in objects each with the node of its name; in a scalar are
  /// none.
  package func forEachChild(of container: NodeID, _ visit: (_ name: NodeID?, NodeID) -> Void) {
    let node = nodes[Int(container.index)]
    guard node.isContainer else { return }
    var index = container.index + 1
    while index < node.next {
      let value = node.kind == .object ? index + 1 : index
      visit(node.kind == .object ? NodeID(index) : nil, NodeID(value))
      index = nodes[Int(value)].next
    }
  }
}

extension Document {
  /// Shows what was read, from the value that the text is; the nodes mean nothing afterwards.
  package func withScannedNodes(_ look: (ScannedNodes, _ root: NodeID) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      nodes.withUnsafeBufferPointer { nodes in look(ScannedNodes(bytes, nodes), NodeID(0)) }
    }
  }
}
