/// The white space, commas and colons between the children of one container: the input's own
/// where they exist, else made like those around them.
struct Spacing {
  // Of the document, a copy of which would count all that it has.
  private let bytes: [UInt8]
  private let nodes: [Node]
  private let joints: [UInt32: Joint]
  private let layout: Layout
  private let container: Node
  private let rim: Rim
  private let scanned: [Child]
  /// Indentation of the line on which the container begins; `nil`: it stands on one line.
  private let outer: String?

  init(of index: UInt32, in document: Document, layout: Layout, outer: String?) {
    bytes = document.bytes
    nodes = document.nodes
    joints = document.joints
    self.layout = layout
    self.outer = outer
    container = document.nodes[Int(index)]
    rim = document.rims[index] ?? Rim()
    scanned = document.scannedChildren(of: index)
  }

  /// The bytes before a child's value, from the child before it or the bracket on, where all of
  /// them stand as they were scanned.
  func scannedLead(of index: Int, among children: [Child]) -> Range<Int>? {
    let child = children[index]
    guard let origin = child.origin, index > 0 ? origin > 0 : origin == 0 && rim.lead == nil,
      joints[child.value] == nil
    else { return nil }
    let start = container.gap(origin, scanned, nodes).lowerBound
    return start..<Int(nodes[Int(scanned[origin].value)].start)
  }

  /// What stands before a child: white space after the bracket, or a comma with its white space.
  func gap(before index: Int, among children: [Child]) -> String {
    guard index > 0 else {
      if let lead = rim.lead { return text(in: lead) }
      return scanned.isEmpty ? freshLead : text(in: container.gap(0, scanned, nodes))
    }
    let child = children[index]
    if let gap = joints[child.value]?.gap { return text(in: gap) }
    guard let origin = child.origin, origin > 0 else { return separator }
    return text(in: container.gap(origin, scanned, nodes))
  }

  /// The white space before the closing bracket.
  func closing(after children: [Child]) -> String {
    if children.isEmpty {
      if let hollow = rim.hollow { return text(in: hollow) }
      return scanned.isEmpty ? text(in: container.inside) : ""
    }
    if let closing = rim.closing { return text(in: closing) }
    guard let last = scanned.last else { return freshClosing }
    return text(in: Int(nodes[Int(last.value)].end)..<container.inside.upperBound)
  }

  /// A member's name as it is spelled, with its colon.
  func head(of child: Child) -> String {
    if let head = joints[child.value]?.head { return text(in: head) }
    guard let name = child.name else { return "" }
    let node = nodes[Int(name)]
    return text(in: Int(node.start)..<Int(node.end)) + colon(after: child)
  }

  /// The indentation of the line on which a child begins; `nil`: on one line.
  ///
  /// - Parameter gap: what stands before the child.
  func indentation(behind gap: String) -> String? {
    if gap.newlineSequence != nil { return gap.indentation }
    guard let outer, hugs else { return nil }
    return outer
  }

  /// The first child begins on the container's line and ends on another, as in `[{`.
  private var hugs: Bool { scanned.first.map { nodes[Int($0.value)].isSpread(in: bytes) } ?? false }

  private func colon(after child: Child) -> String {
    guard let origin = child.origin ?? scanned.indices.last, let name = scanned[origin].name else {
      return layout.colon
    }
    let end = Int(nodes[Int(name)].end)
    let colon = text(in: end..<Int(nodes[Int(scanned[origin].value)].start))
    return child.origin == nil && colon.newlineSequence != nil ? Layout.pretty.colon : colon
  }

  private var freshLead: String {
    guard let newline = layout.newline, let outer else {
      return container.kind == .object ? layout.padding : ""
    }
    return newline + outer + layout.unit
  }

  private var freshClosing: String {
    guard let newline = layout.newline, let outer else { return freshLead }
    return newline + outer
  }

  /// What separates an added child from the one before it: made like the last one that was scanned,
  /// without its blank lines.
  private var separator: String {
    guard !scanned.isEmpty else {
      guard let newline = layout.newline, let outer else { return layout.comma }
      return "," + newline + outer + layout.unit
    }
    let gap = text(in: container.gap(scanned.count - 1, scanned, nodes))
    guard let newline = gap.newlineSequence else {
      return scanned.count > 1 ? gap : layout.comma
    }
    let line = gap.utf8.lastIndex(of: UInt8(ascii: "\n")).map { gap.utf8[$0...].dropFirst() }
    // Some put the comma at the start of the line.
    let comma = line?.contains(UInt8(ascii: ",")) ?? false ? "" : ","
    return comma + newline + (line.map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  private func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

extension Node {
  /// The bytes between a container's brackets.
  var inside: Range<Int> { Int(start + 1)..<Int(end - 1) }

  /// Whether it stands on more than one line.
  fileprivate func isSpread(in bytes: [UInt8]) -> Bool {
    bytes[Int(start)..<Int(end)].contains(UInt8(ascii: "\n"))
  }

  /// The bytes before a scanned child: those behind the bracket or the child before it.
  fileprivate func gap(_ index: Int, _ scanned: [Child], _ nodes: [Node]) -> Range<Int> {
    let end = nodes[Int(scanned[index].name ?? scanned[index].value)].start
    guard index > 0 else { return inside.lowerBound..<Int(end) }
    return Int(nodes[Int(scanned[index - 1].value)].end)..<Int(end)
  }
}

extension Document {
  /// The spacing of a container as it is printed now.
  func spacing(of container: UInt32, _ layout: Layout) -> Spacing {
    Spacing(
      of: container, in: self, layout: layout, outer: lineIndentation(of: container, layout))
  }

  /// The indentation of the line on which a value is printed; `nil`: on one line.
  func lineIndentation(of index: UInt32, _ layout: Layout) -> String? {
    guard index != root.index else { return rootIndentation }
    let parent = nodes[Int(index)].parent
    guard let children = changedChildren(of: parent) else {
      return scannedLineIndentation(of: index, in: parent, layout)
    }
    guard let place = children.firstIndex(where: { $0.value == index }) else { return nil }
    let spacing = spacing(of: parent, layout)
    return spacing.indentation(behind: spacing.gap(before: place, among: children))
  }

  /// The same in a container that stands as it was scanned, without a look at the other children:
  /// a template has thousands of resources.
  private func scannedLineIndentation(
    of index: UInt32, in parent: UInt32, _ layout: Layout
  ) -> String? {
    let isMember = nodes[Int(parent)].kind == .object
    let start = Int(nodes[Int(isMember ? index - 1 : index)].start)
    // Back to the child before or the bracket.
    let lead = bytes[..<start].lastIndex { !$0.isSpacing } ?? 0
    let gap = text(in: lead + 1..<start)
    if gap.newlineSequence != nil { return gap.indentation }
    // Where everything stands on one line, all that is printed does.
    guard layout.newline != nil, nodes[Int(isMember ? parent + 2 : parent + 1)].isSpread(in: bytes)
    else { return nil }
    return lineIndentation(of: parent, layout)
  }

  var rootIndentation: String {
    let start = nodes[Int(root.index)].start
    return Int(start) < inputCount ? indentation(ofLineWith: start) : ""
  }
}

extension UInt8 {
  /// White space or a comma, the only bytes between two children.
  fileprivate var isSpacing: Bool {
    self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 || self == UInt8(ascii: ",")
  }
}
