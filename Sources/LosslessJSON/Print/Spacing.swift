/// The trivia around the children of one container. It is copied from the input if possible, otherwise made
/// similar to the trivia around the siblings.
struct Spacing {
  // Not the document, because a copy of it would retain each of its collections.
  private let bytes: [UInt8]
  private let nodes: [Node]
  private let childTrivia: [UInt32: Trivia.OfChild]
  private let layout: Layout
  private let container: Node
  private let brackets: Trivia.OfContainer
  private let scanned: [Child]
  /// The indentation of the line on which the container begins, or `nil` if the container is on one line.
  private let outer: String?

  init(of index: UInt32, in document: Document, layout: Layout, outer: String?) {
    bytes = document.tree.bytes
    nodes = document.tree.nodes
    childTrivia = document.trivia.children
    self.layout = layout
    self.outer = outer
    container = document.tree.nodes[Int(index)]
    brackets = document.trivia.containers[index] ?? Trivia.OfContainer()
    scanned = document.tree.listOfScanned(index)
  }

  /// The bytes from the previous child or the bracket to a child's value, or `nil` if they are not contiguous
  /// in the input.
  func scannedBytes(before index: Int, among children: [Child]) -> Range<Int>? {
    let child = children[index]
    guard let origin = child.origin, index > 0 ? origin > 0 : origin == 0 && brackets.prefix == nil,
      childTrivia[child.value] == nil
    else { return nil }
    let start = container.separator(origin, scanned, nodes).lowerBound
    return start..<Int(nodes[Int(scanned[origin].value)].start)
  }

  /// The trivia before a child: whitespace after the bracket, or a comma with its whitespace.
  func separator(before index: Int, among children: [Child]) -> String {
    guard index > 0 else {
      if let prefix = brackets.prefix { return text(in: prefix) }
      return scanned.isEmpty ? addedPrefix : text(in: container.separator(0, scanned, nodes))
    }
    let child = children[index]
    if let separator = childTrivia[child.value]?.separator { return text(in: separator) }
    guard let origin = child.origin, origin > 0 else { return addedSeparator }
    return text(in: container.separator(origin, scanned, nodes))
  }

  /// The whitespace before the closing bracket.
  func suffix(after children: [Child]) -> String {
    if children.isEmpty {
      if let interior = brackets.interior { return text(in: interior) }
      return scanned.isEmpty ? text(in: container.inside) : ""
    }
    if let suffix = brackets.suffix { return text(in: suffix) }
    guard let last = scanned.last else { return addedSuffix }
    return text(in: Int(nodes[Int(last.value)].end)..<container.inside.upperBound)
  }

  /// The spelling of a member's name with its colon, or an empty text for an element.
  func nameSpelling(of child: Child) -> String {
    if let name = childTrivia[child.value]?.name { return text(in: name) }
    guard let name = child.name else { return "" }
    let node = nodes[Int(name)]
    return text(in: Int(node.start)..<Int(node.end)) + colon(after: child)
  }

  /// The indentation of the line on which a child begins, or `nil` if everything is on one line.
  ///
  /// - Parameter separator: the trivia before the child.
  func indentation(behind separator: String) -> String? {
    if separator.newlineSequence != nil { return separator.indentation }
    guard let outer, sharesFirstLine else { return nil }
    return outer
  }

  /// Whether the first child begins on the container's line and ends on another, as in `[{`.
  private var sharesFirstLine: Bool {
    scanned.first.map { nodes[Int($0.value)].isSpread(in: bytes) } ?? false
  }

  private func colon(after child: Child) -> String {
    guard let origin = child.origin ?? scanned.indices.last, let name = scanned[origin].name else {
      return layout.colon
    }
    let end = Int(nodes[Int(name)].end)
    let colon = text(in: end..<Int(nodes[Int(scanned[origin].value)].start))
    return child.origin == nil && colon.newlineSequence != nil ? Layout.pretty.colon : colon
  }

  private var addedPrefix: String {
    guard let newline = layout.newline, let outer else {
      return container.kind == .object ? layout.padding : ""
    }
    return newline + outer + layout.unit
  }

  private var addedSuffix: String {
    guard let newline = layout.newline, let outer else { return addedPrefix }
    return newline + outer
  }

  /// The separator before an added child: the separator of the last scanned child, without blank lines.
  private var addedSeparator: String {
    guard !scanned.isEmpty else {
      guard let newline = layout.newline, let outer else { return layout.comma }
      return "," + newline + outer + layout.unit
    }
    let separator = text(in: container.separator(scanned.count - 1, scanned, nodes))
    guard let newline = separator.newlineSequence else {
      return scanned.count > 1 ? separator : layout.comma
    }
    let line = separator.utf8.lastIndex(of: UInt8(ascii: "\n"))
      .map { separator.utf8[$0...].dropFirst() }
    // In some documents, the comma is at the start of the line.
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

  /// Whether the value is on more than one line.
  fileprivate func isSpread(in bytes: [UInt8]) -> Bool {
    bytes[Int(start)..<Int(end)].contains(UInt8(ascii: "\n"))
  }

  /// The bytes between a scanned child and the bracket or child before it.
  fileprivate func separator(_ index: Int, _ scanned: [Child], _ nodes: [Node]) -> Range<Int> {
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

  /// The indentation of the line on which a value is printed, or `nil` if everything is on one line.
  func lineIndentation(of index: UInt32, _ layout: Layout) -> String? {
    guard index != root.index else { return rootIndentation }
    let parent = tree.nodes[Int(index)].parent
    guard let children = tree.changedChildren(of: parent) else {
      return scannedLineIndentation(of: index, in: parent, layout)
    }
    guard let place = children.firstIndex(where: { $0.value == index }) else { return nil }
    let spacing = spacing(of: parent, layout)
    return spacing.indentation(behind: spacing.separator(before: place, among: children))
  }

  /// The indentation in a container whose children are unchanged. Does not read the other children, because a
  /// template has thousands of resources.
  private func scannedLineIndentation(
    of index: UInt32, in parent: UInt32, _ layout: Layout
  ) -> String? {
    let isMember = tree.nodes[Int(parent)].kind == .object
    let start = Int(tree.nodes[Int(isMember ? index - 1 : index)].start)
    // Search backward for the bracket or the previous child.
    let previous = tree.bytes[..<start].lastIndex { !$0.isSpacing } ?? 0
    let separator = tree.text(in: previous + 1..<start)
    if separator.newlineSequence != nil { return separator.indentation }
    guard layout.newline != nil,
      tree.nodes[Int(isMember ? parent + 2 : parent + 1)].isSpread(in: tree.bytes)
    else { return nil }
    return lineIndentation(of: parent, layout)
  }

  var rootIndentation: String {
    let start = tree.nodes[Int(root.index)].start
    return Int(start) < inputCount ? tree.indentation(ofLineWith: start) : ""
  }
}

extension UInt8 {
  /// Whether the byte is whitespace or a comma, the only bytes between two children.
  fileprivate var isSpacing: Bool {
    self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 || self == UInt8(ascii: ",")
  }
}
