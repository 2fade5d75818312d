/// The white space, commas and colons between the children of one container: the input's own
/// where they exist, else made like those around them.
struct Spacing {
  private let document: Document
  private let layout: Layout
  private let container: Node
  private let closingOverride: Range<Int>?
  private let scanned: [Child]
  /// Indentation of the children; `nil`: the container stands on one line.
  private let indentation: String?

  init(of index: UInt32, in document: Document, layout: Layout) {
    self.document = document
    self.layout = layout
    container = document.nodes[Int(index)]
    closingOverride = document.closings[index]
    scanned = document.scannedChildren(of: index)
    indentation = Self.indentation(of: index, scanned, in: document, layout)
  }

  /// What stands before a child: white space after the bracket, or a comma with its white space.
  func gap(before index: Int, among children: [Child]) -> String {
    let child = children[index]
    if let gap = child.gap { return document.text(in: gap) }
    if index == 0 { return scanned.isEmpty ? freshLead : scannedGap(before: 0) }
    if let origin = child.origin, origin > 0 { return scannedGap(before: origin) }
    if let indentation { return "," + (layout.newline ?? "\n") + indentation }
    return scanned.count > 1 ? scannedGap(before: 1) : layout.comma
  }

  /// The white space before the closing bracket.
  func closing(after children: [Child]) -> String {
    if let closingOverride { return document.text(in: closingOverride) }
    guard let last = scanned.last else {
      if children.isEmpty { return document.text(in: innerRange) }
      guard let indentation else { return freshLead }
      return (layout.newline ?? "\n") + String(indentation.dropLast(layout.unit.count))
    }
    guard !children.isEmpty else { return "" }
    let end = Int(document.nodes[Int(last.value)].end)
    return document.text(in: end..<innerRange.upperBound)
  }

  /// A member's name as it is spelled, with its colon.
  func head(of child: Child) -> String {
    if let head = child.head { return document.text(in: head) }
    guard let name = child.name else { return "" }
    let node = document.nodes[Int(name)]
    return document.text(in: Int(node.start)..<Int(node.end)) + colon(after: child)
  }

  func colon(after child: Child) -> String {
    guard let origin = child.origin ?? scanned.indices.last, let name = scanned[origin].name else {
      return layout.colon
    }
    let end = document.nodes[Int(name)].end
    return document.text(in: Int(end)..<Int(document.nodes[Int(scanned[origin].value)].start))
  }

  private var innerRange: Range<Int> { Int(container.start + 1)..<Int(container.end - 1) }

  private var freshLead: String {
    guard let indentation else { return container.kind == .object ? layout.padding : "" }
    return (layout.newline ?? "\n") + indentation
  }

  private func scannedGap(before index: Int) -> String {
    let child = scanned[index]
    let end = document.nodes[Int(child.name ?? child.value)].start
    guard index > 0 else { return document.text(in: innerRange.lowerBound..<Int(end)) }
    return document.text(in: Int(document.nodes[Int(scanned[index - 1].value)].end)..<Int(end))
  }

  /// The children's indentation: that of the last one, or one unit more than the line on which an
  /// empty container stands, if what is around it is spread over lines.
  private static func indentation(
    of index: UInt32, _ scanned: [Child], in document: Document, _ layout: Layout
  ) -> String? {
    let node = document.nodes[Int(index)]
    if let last = scanned.last {
      let end = Int(document.nodes[Int(last.name ?? last.value)].start)
      let start =
        scanned.count > 1
        ? Int(document.nodes[Int(scanned[scanned.count - 2].value)].end) : Int(node.start) + 1
      let gap = document.text(in: start..<end)
      return gap.newlineSequence == nil ? nil : gap.afterLastNewline
    }
    guard layout.newline != nil else { return nil }
    let parent = node.parent
    if index != document.root.index {
      let siblings = document.scannedChildren(of: parent)
      guard indentation(of: parent, siblings, in: document, layout) != nil else { return nil }
    }
    return document.indentation(ofLineWith: node.start) + layout.unit
  }
}

extension Document {
  func gapText(before index: Int, in container: UInt32) -> String {
    Spacing(of: container, in: self, layout: layout).gap(
      before: index, among: children(of: container))
  }

  func closingText(of container: UInt32) -> String {
    Spacing(of: container, in: self, layout: layout).closing(after: children(of: container))
  }

  func headText(ofChildAt index: Int, in container: UInt32) -> String {
    Spacing(of: container, in: self, layout: layout).head(of: children(of: container)[index])
  }
}
