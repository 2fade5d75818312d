/// A child of a container whose children an edit has changed.
package struct Child: Sendable {
  /// Node of the member's name; `nil` in arrays.
  package var name: UInt32?
  package var value: UInt32
  /// Index among the children that the scanned bytes hold; `nil`: added.
  var origin: Int?
  /// Bytes of the member's name and colon, when they are not to be found or made up.
  var head: Range<Int>?
  /// Bytes of the separator, comma included, when they are not to be found or made up. It counts
  /// while another child stands before this one.
  var gap: Range<Int>?
}

extension Document {
  /// The children as they stand now.
  package func children(of container: UInt32) -> [Child] {
    changedChildren[container] ?? scannedChildren(of: container)
  }

  /// The children as the scanned bytes hold them.
  func scannedChildren(of container: UInt32) -> [Child] {
    let node = nodes[Int(container)]
    var children: [Child] = []
    var index = container + 1
    while index < node.next {
      if node.kind == .object {
        children.append(Child(name: index, value: index + 1, origin: children.count))
        index = nodes[Int(index + 1)].next
      } else {
        children.append(Child(name: nil, value: index, origin: children.count))
        index = nodes[Int(index)].next
      }
    }
    return children
  }
}
