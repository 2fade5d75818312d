/// A prebuilt value that can be inserted into many documents.
///
/// Its compact JSON and its nodes are copied into a document, which is cheaper than printing the value. One
/// of its scalars, the blank, can be different in each document.
public struct Fragment: Sendable {
  fileprivate let tree: NodeTree
  /// The node of the blank, or `nil` if there is none.
  fileprivate let blank: Int?

  /// - Parameter blank: a pointer to the scalar in `value` that can be different in each document.
  public init(_ value: JSONValue, blank: JSONPointer? = nil) {
    var document = Document()
    document.tree.print(value, parent: 0)
    tree = document.tree
    let node = blank.flatMap { document.node(at: $0) }
    precondition(blank == nil || node != nil, "there is no blank at \(blank?.description ?? "")")
    self.blank = node.map { Int($0.index) }
  }

  /// A document's value for the blank.
  public enum Filler: Sendable {
    case value(JSONValue)
    case text(FilledText)
  }

  /// - Parameter filler: the value for the blank.
  func value(filling filler: Filler?) -> JSONValue {
    var tree = NodeTree()
    let root = tree.append(self, filling: filler, parent: 0)
    return tree.value(root)
  }
}

extension NodeTree {
  /// Appends a fragment in the same form as a printed value.
  mutating func append(
    _ fragment: Fragment, filling filler: Fragment.Filler? = nil, parent: UInt32
  ) -> UInt32 {
    let first = UInt32(nodes.count)
    if let filler, let blank = fragment.blank {
      fill(fragment, blank, with: filler)
    } else {
      copy(fragment, 0..<fragment.tree.nodes.count, UInt32(bytes.count), first)
      bytes += fragment.tree.bytes
    }
    nodes[Int(first)].parent = parent
    return first
  }

  private mutating func fill(_ fragment: Fragment, _ blank: Int, with filler: Fragment.Filler) {
    let (start, first) = (UInt32(bytes.count), UInt32(nodes.count))
    let hole = fragment.tree.nodes[blank]
    bytes += fragment.tree.bytes[..<Int(hole.start)]
    copy(fragment, 0..<blank, start, first)
    print(filler, parent: first + hole.parent)
    // The filler may be shorter than the blank. These differences can then be negative, so they wrap.
    let (newStart, newFirst) = (UInt32(bytes.count) &- hole.end, UInt32(nodes.count) &- hole.next)
    var around = hole.parent
    while true {
      nodes[Int(first + around)].end &+= newStart &- start
      nodes[Int(first + around)].next &+= newFirst &- first
      if around == 0 { break }
      around = fragment.tree.nodes[Int(around)].parent
    }
    copy(
      fragment, blank + 1..<fragment.tree.nodes.count, newStart, newFirst, outside: first, blank)
    bytes += fragment.tree.bytes[Int(hole.end)...]
  }

  private mutating func print(_ filler: Fragment.Filler, parent: UInt32) {
    switch filler {
    case .value(let value): print(value, parent: parent)
    case .text(let text):
      let start = bytes.count
      text.append(to: &bytes)
      _ = record(.string, from: start, parent: parent, isEscaped: true)
    }
  }

  /// - Parameters:
  /// - start: the number to add to byte offsets.
  /// - first: the number to add to node indices.
  /// - outer: the number to add to parents with an index below `edge`.
  private mutating func copy(
    _ fragment: Fragment, _ range: Range<Int>, _ start: UInt32, _ first: UInt32,
    outside outer: UInt32 = 0, _ edge: Int = 0
  ) {
    for index in range {
      var node = fragment.tree.nodes[index]
      node.start &+= start
      node.end &+= start
      node.next &+= first
      node.parent &+= Int(node.parent) < edge ? outer : first
      nodes.append(node)
    }
  }
}
