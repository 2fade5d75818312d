internal import LosslessJSON

/// A part of a text that can be read separately: the lines of one member or element, up to the next one. A
/// template's resource is a region, so after a change of one resource the others need not be read again.
struct Region {
  let node: NodeID
  let range: Range<Int>

  /// The depth of regions below the root, which is the depth of a template's resources.
  static let depth = 2
}

extension YAMLText {
  /// Reads the text around a container again, and updates the places of all values.
  ///
  /// - Throws: a problem if the text does not have the document's value.
  mutating func follow(
    _ document: Document, around container: NodeID
  ) throws(Problem) {
    if let region = region(around: container, in: document), let (read, spans) = read(region),
      follow(region, in: document, read, spans)
    {
      return
    }
    guard let tape = try? Tape(reading: bytes, as: .template),
      let read = try? tape.document({ _ in nil }),
      follow(document.root, in: document, read.root, in: read, tape.spans)
    else { throw Problem(EditObstacle.meaning, at: 0) }
  }

  /// - Parameter path: the indices of children on the way from the root to the value, through `container`.
  /// - Returns: the value at that path of the current text, as JSON.
  func readAgain(
    at path: [Int], around container: NodeID, in document: Document
  ) throws(Problem) -> String {
    if let region = region(around: container, in: document), let (read, _) = read(region) {
      return try value(at: [0] + path.dropFirst(Region.depth), in: read)
    }
    guard let tape = try? Tape(reading: bytes, as: .template),
      let read = try? tape.document({ _ in nil })
    else { throw Problem(EditObstacle.meaning, at: 0) }
    return try value(at: path, in: read)
  }

  private func value(at path: [Int], in read: Document) throws(Problem) -> String {
    var node = read.root
    for index in path {
      let children = read.children(of: node.index)
      guard index < children.count else { throw Problem(EditObstacle.meaning, at: 0) }
      node = NodeID(children[index].value)
    }
    return read.value(node).compactText
  }

  func excerpt(around container: NodeID, of document: Document) -> SourceExcerpt {
    let range = region(around: container, in: document)?.range ?? 0..<buffer.count
    return SourceExcerpt(range: range, bytes: Array(buffer[range]), total: buffer.count)
  }

  mutating func putBack(
    _ excerpt: SourceExcerpt, around container: NodeID, of document: Document
  ) {
    let end = excerpt.range.upperBound + buffer.count - excerpt.total
    splice(excerpt.range.lowerBound..<end, excerpt.bytes)
    // The text has its former value again, so this cannot fail.
    try? follow(document, around: container)
  }

  // MARK: Regions

  /// - Returns: `nil` if the part around the container cannot be read separately.
  private func region(around container: NodeID, in document: Document) -> Region? {
    guard !hasDirectives else { return nil }
    var path = [container]
    while let node = path.last, node != document.root { path.append(document.container(of: node)) }
    let outer = path.suffix(Region.depth)
    guard path.count > Region.depth, outer.allSatisfy(isPlainBlock) else { return nil }
    let node = path[path.count - Region.depth - 1]
    let item = item(of: node, in: document)
    guard standsOnOwnLine(item) else { return nil }
    var end = buffer.count
    for (child, container) in zip([node] + outer, outer) {
      guard let next = document.sibling(behind: child.index, in: container.index) else { continue }
      guard standsOnOwnLine(self.item(next)) else { return nil }
      end = lineStart(of: self.item(next))
      break
    }
    return Region(node: node, range: lineStart(of: item)..<end)
  }

  private func isPlainBlock(_ node: NodeID) -> Bool {
    guard let span = span(node) else { return false }
    return span.form == .block && span.traits.isEmpty
  }

  /// - Returns: `nil` if the region cannot be read separately.
  private func read(_ region: Region) -> (Document, [Span])? {
    // Aliases elsewhere can refer to anchors in the region.
    guard let tape = try? Tape(reading: Array(buffer[region.range]), as: .template),
      !tape.hasAnchors, tape.secondDocument == nil, let read = try? tape.document({ _ in nil }),
      read.children(of: read.root.index).count == 1
    else { return nil }
    return (read, tape.spans.map { $0.moved(by: region.range.lowerBound) })
  }

  private mutating func follow(
    _ region: Region, in document: Document, _ read: Document, _ places: [Span]
  ) -> Bool {
    let container = document.container(of: region.node)
    guard document.kind(of: container) == read.kind(of: read.root),
      let child = read.children(of: read.root.index).first
    else { return false }
    let name = document.nameNode(of: region.node.index, in: container.index)
    return followName(name, in: document, child.name, in: read, places)
      && follow(region.node, in: document, NodeID(child.value), in: read, places)
  }

  // MARK: Comparing

  /// Compares values, and updates their places.
  private mutating func follow(
    _ node: NodeID, in document: Document, _ readNode: NodeID, in read: Document, _ places: [Span]
  ) -> Bool {
    take(places[Int(readNode.index)], for: node.index)
    let kind = document.kind(of: node)
    guard kind == read.kind(of: readNode) else { return false }
    let children = document.children(of: node.index)
    let readChildren = read.children(of: readNode.index)
    guard children.count == readChildren.count else { return false }
    for (child, other) in zip(children, readChildren) {
      guard followName(child.name, in: document, other.name, in: read, places),
        follow(NodeID(child.value), in: document, NodeID(other.value), in: read, places)
      else { return false }
    }
    return kind == .array || kind == .object
      || document.value(node).isEquivalent(to: read.value(readNode))
  }

  private mutating func followName(
    _ name: UInt32?, in document: Document, _ readName: UInt32?, in read: Document,
    _ places: [Span]
  ) -> Bool {
    guard let name, let readName else { return true }
    take(places[Int(readName)], for: name)
    return document.value(NodeID(name)) == read.value(NodeID(readName))
  }

  private mutating func take(_ place: Span, for node: UInt32) {
    var place = place
    place.input = span(NodeID(node))?.input
    set(place, of: node)
  }
}
