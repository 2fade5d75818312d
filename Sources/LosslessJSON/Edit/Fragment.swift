/// A prebuilt value that can be inserted into many documents.
public struct Fragment: Sendable {
  /// The value as compact JSON.
  let bytes: [UInt8]
  /// The value's nodes, with offsets and indices relative to the fragment.
  let nodes: [Node]
  /// Node of the one value that differs from document to document; `nil` if there is none.
  let blank: Int?

  /// - Parameter blank: where the value to be filled in stands; it is a scalar in `value`.
  public init(_ value: JSONValue, blank: JSONPointer? = nil) {
    var document = Document()
    _ = document.generate(value, parent: 0)
    bytes = document.bytes
    nodes = document.nodes
    let node = blank.flatMap { document.node(at: $0) }
    precondition(blank == nil || node != nil, "there is no blank at \(blank?.description ?? "")")
    self.blank = node.map { Int($0.index) }
  }

  /// - Parameter filler: what belongs into the blank.
  func value(filling filler: JSONValue?) -> JSONValue {
    var document = Document()
    let root = document.generate(self, filling: filler, parent: 0)
    return document.value(NodeID(root))
  }
}

extension Document {
  /// Puts the fragment behind the document's bytes: see ``generate(_:parent:)-(JSONValue,_)``.
  mutating func generate(
    _ fragment: Fragment, filling filler: JSONValue? = nil, parent: UInt32
  ) -> UInt32 {
    let first = UInt32(nodes.count)
    if let filler, let blank = fragment.blank {
      fill(fragment, blank, with: filler)
    } else {
      copy(fragment, 0..<fragment.nodes.count, UInt32(bytes.count), first)
      bytes += fragment.bytes
    }
    nodes[Int(first)].parent = parent
    return first
  }

  private mutating func fill(_ fragment: Fragment, _ blank: Int, with filler: JSONValue) {
    let (start, first) = (UInt32(bytes.count), UInt32(nodes.count))
    let hole = fragment.nodes[blank]
    bytes += fragment.bytes[..<Int(hole.start)]
    copy(fragment, 0..<blank, start, first)
    _ = generate(filler, parent: first + hole.parent)
    // The filler may be shorter than the blank: all of this counts up or down.
    let (newStart, newFirst) = (UInt32(bytes.count) &- hole.end, UInt32(nodes.count) &- hole.next)
    var around = hole.parent
    while true {
      nodes[Int(first + around)].end &+= newStart &- start
      nodes[Int(first + around)].next &+= newFirst &- first
      if around == 0 { break }
      around = fragment.nodes[Int(around)].parent
    }
    copy(fragment, blank + 1..<fragment.nodes.count, newStart, newFirst, outside: first, blank)
    bytes += fragment.bytes[Int(hole.end)...]
  }

  /// - Parameters:
  ///   - start: added to what counts bytes.
  ///   - first: added to what counts nodes.
  ///   - outer: added in its place to parents that stand before the node `edge`.
  private mutating func copy(
    _ fragment: Fragment, _ range: Range<Int>, _ start: UInt32, _ first: UInt32,
    outside outer: UInt32 = 0, _ edge: Int = 0
  ) {
    for index in range {
      var node = fragment.nodes[index]
      node.start &+= start
      node.end &+= start
      node.next &+= first
      node.parent &+= Int(node.parent) < edge ? outer : first
      nodes.append(node)
    }
  }
}
