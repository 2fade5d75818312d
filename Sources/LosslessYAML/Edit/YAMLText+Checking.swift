internal import LosslessJSON

extension YAMLText {
  /// - Throws: a problem if children of `container` cannot be edited.
  func check(_ container: NodeID, in document: Document) throws(Problem) {
    if let barrier { throw barrier }
    // A value without a place was added after an edit was refused.
    guard let span = span(container) else { return }
    var node = container
    try checkSharing(node, in: document)
    while node != document.root {
      node = document.container(of: node)
      try checkSharing(node, in: document)
    }
    if let obstacle = obstacle(in: span) {
      throw Problem(obstacle, at: inputOffset(around: container, in: document))
    }
  }

  /// - Throws: a problem if aliases elsewhere repeat a value inside `node`, which is about to be removed.
  func checkAnchors(in node: NodeID, of document: Document) throws(Problem) {
    if let span = span(node), span.traits.contains(.aliased) { throw sharing(node, in: document) }
    for child in document.children(of: node.index) {
      if let name = child.name { try checkAnchors(in: NodeID(name), of: document) }
      try checkAnchors(in: NodeID(child.value), of: document)
    }
  }

  private func checkSharing(_ node: NodeID, in document: Document) throws(Problem) {
    guard let traits = span(node)?.traits else { return }
    if !traits.isDisjoint(with: [.alias, .aliased]) { throw sharing(node, in: document) }
  }

  /// The problem of a value that an alias repeats. It is at the alias, or at the mapping that merges it, because
  /// that is what the reader replaces. So edits of the value and of its repetition have the same problem.
  private func sharing(_ node: NodeID, in document: Document) -> Problem {
    let offset = inputOffset(around: node, in: document)
    let place = repetitions.places[offset] ?? offset
    return Problem(
      repetitions.merging.contains(place) ? EditObstacle.mergeKey : .alias, at: place)
  }

  private func obstacle(in span: Span) -> EditObstacle? {
    if span.traits.contains(.tagged) { return .tag }
    if span.traits.contains(.merged) { return .mergeKey }
    if span.traits.contains(.duplicateKey) { return .duplicateKey }
    if span.traits.contains(.irregular) { return .irregular }
    guard span.form == .flow else { return nil }
    if span.traits.contains(.properties) { return .properties }
    return buffer[span.start..<span.end].contains(0x0A) ? .flowOverLines : nil
  }

  func inputOffset(around node: NodeID, in document: Document) -> Int {
    var node = node
    while node != document.root {
      if let offset = inputOffset(of: node) { return offset }
      node = document.container(of: node)
    }
    return inputOffset(of: node) ?? 0
  }
}

// MARK: Obstacles

/// The reasons why an edit of a YAML text is refused.
extension EditObstacle {
  static let alias = Self(
    "This alias and its anchor share one value, so the edit would change both places.",
    fix: "Write the value itself in place of the alias, and remove the anchor if no alias is left.")
  static let tag = Self(
    "This value has a tag, which defines what its content must look like, so nothing is added to it.",
    fix: "Move the value out of the tag, or make the edit by hand.")
  static let mergeKey = Self(
    "This mapping merges members from another with '<<', so an edit would change both, or hide a "
      + "member.",
    fix: "Write the members themselves in place of '<<'.")
  static let duplicateKey = Self(
    "A key appears twice in this mapping, and parsers disagree on which value counts.",
    fix: "Remove one of the two.")
  static let flowOverLines = Self(
    "These brackets span several lines, so nothing can be inserted in their layout.",
    fix: "Write the value on one line, or without brackets: one line for each key or dash.")
  static let properties = Self(
    "These brackets have an anchor.", fix: "Remove the anchor.")
  static let irregular = Self(
    "The layout of this value does not allow a safe insertion.",
    fix: "Begin a line with each key or dash, and write 'key: value' on it.")
  static let missingLineEnd = Self(
    "The text ends inside a block scalar, to which the edit would add a line break.",
    fix: "End the last line with a line break, or write '|-' or '>-'.")
  static let secondDocument = Self(
    "A second document begins here, and only files with one document are edited.",
    fix: "Put each document into its own file.")
  static let lineEnds = Self(
    "This line ends with neither LF nor CRLF.",
    fix: "Convert the line ends of the file, or write such characters as escapes in double quotes.")
  static let meaning = Self(
    "Without the removed value, the text around it would have another meaning.",
    fix: "Remove the value by hand.")
}
