/// A value that is made once, and put into many documents.
public struct Fragment: Sendable {
  public let value: JSONValue
  /// The value as compact JSON.
  let bytes: [UInt8]
  /// All that they count, they count from the fragment's beginning.
  let nodes: [Node]

  public init(_ value: JSONValue) {
    var document = Document()
    _ = document.generate(value, parent: 0)
    self.value = value
    bytes = document.bytes
    nodes = document.nodes
  }
}

extension Document {
  /// Puts the fragment behind the document's bytes: see ``generate(_:parent:)-(JSONValue,_)``.
  mutating func generate(_ fragment: Fragment, parent: UInt32) -> UInt32 {
    let (start, first) = (UInt32(bytes.count), UInt32(nodes.count))
    bytes += fragment.bytes
    for var node in fragment.nodes {
      node.start += start
      node.end += start
      node.next += first
      node.parent += first
      nodes.append(node)
    }
    nodes[Int(first)].parent = parent
    return first
  }
}
