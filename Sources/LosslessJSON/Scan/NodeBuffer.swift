/// A growable buffer for the nodes of a running scan. `Array` checks for unique ownership on every
/// mutation (copy-on-write); this buffer does not.
///
/// Like the standard library's unsafe buffers, it must be deallocated by its creator.
struct NodeBuffer {
  private(set) var count = 0
  /// Only the first ``count`` nodes are initialized.
  private var room = UnsafeMutableBufferPointer<Node>(start: nil, count: 0)

  func deallocate() { room.deallocate() }

  /// - Parameter index: the index of an appended node. It is not checked.
  subscript(index: UInt32) -> Node {
    @inline(__always) get { room[Int(index)] }
    @inline(__always) nonmutating set { room[Int(index)] = newValue }
  }

  @inline(__always)
  mutating func append(_ node: Node) {
    if count == room.count { reserve(2 * count + 1) }
    room[count] = node
    count = count &+ 1
  }

  /// Grows the buffer to hold `capacity` nodes.
  mutating func reserve(_ capacity: Int) {
    let larger = UnsafeMutableBufferPointer<Node>.allocate(capacity: capacity)
    _ = larger.initialize(fromContentsOf: room[..<count])
    room.deallocate()
    room = larger
  }

  /// Appends the nodes to other nodes, and adjusts their indices.
  ///
  /// - Parameter parent: the parent of the first node.
  func append(to nodes: inout [Node], parent: UInt32) {
    if nodes.isEmpty {
      // Edits add fewer nodes than this to nearly all documents. Memory that is never written costs nothing.
      nodes.reserveCapacity(count + max(128, count / 2))
      nodes.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<count]))
      return
    }
    let first = UInt32(nodes.count)
    for index in 0..<count {
      var node = room[index]
      node.next += first
      node.parent = index == 0 ? parent : node.parent + first
      nodes.append(node)
    }
  }
}
