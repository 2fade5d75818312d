internal import LosslessJSON

// MARK: Inserting

extension YAMLText {
  mutating func insert(
    _ child: Child, at index: Int, in container: NodeID, of document: Document
  ) throws(Problem) {
    try check(container, in: document)
    guard document.refusals.isEmpty else { return }
    let siblings = document.children(of: container.index)
    if siblings.isEmpty {
      try fill(container, with: child, in: document)
    } else if self[container.index].form == .flow {
      insertInFlow(child, at: index, among: siblings, document)
    } else if index == 0 {
      try insertFirst(child, before: siblings[0], document)
    } else {
      try insert(child, behind: siblings[index - 1], document)
    }
  }

  private mutating func insert(
    _ child: Child, behind sibling: Child, _ document: Document
  ) throws(Problem) {
    let column = try column(of: NodeID(sibling.value), in: document)
    let end = end(of: sibling.value, in: document)
    let place = lineEnd(from: end)
    if place == buffer.count, endsWithLineEnd(sibling.value, in: document) {
      throw Problem(
        EditObstacle.missingLineEnd, at: inputOffset(around: NodeID(sibling.value), in: document))
    }
    var emitter = Emitter(document, indentation)
    emitter.entry(child, column: column)
    insert(emitter, at: place, before: line(column))
  }

  private mutating func insertFirst(
    _ child: Child, before sibling: Child, _ document: Document
  ) throws(Problem) {
    let column = try column(of: NodeID(sibling.value), in: document)
    var emitter = Emitter(document, indentation)
    emitter.entry(child, column: column)
    let item = item(sibling)
    // A removal includes the line break before a child, so this one must have the same spelling.
    let lineEnd = standsOnOwnLine(item) ? lineEndBefore(item) : indentation.newline
    let separator = lineEnd + String(repeating: " ", count: column)
    insert(emitter, at: item, after: separator, pushes: true)
  }

  private mutating func insertInFlow(
    _ child: Child, at index: Int, among siblings: [Child], _ document: Document
  ) {
    var emitter = Emitter(document, indentation)
    emitter.flowEntry(child)
    let separator = separator(of: siblings)
    if index == 0 {
      insert(emitter, at: item(siblings[0]), after: separator, pushes: true)
    } else {
      let end = end(of: siblings[index - 1].value, in: document)
      insert(emitter, at: end, before: separator)
    }
  }

  /// The separator of the first two children.
  private func separator(of siblings: [Child]) -> String {
    guard siblings.count > 1 else { return ", " }
    let separator = text(in: self[siblings[0].value].end..<item(siblings[1]))
    let isPlain = separator.utf8.allSatisfy { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }
    return isPlain ? separator : ", "
  }

  /// Replaces the empty brackets with a first child.
  private mutating func fill(
    _ container: NodeID, with child: Child, in document: Document
  ) throws(Problem) {
    var emitter = Emitter(document, indentation)
    emitter.filling = (container.index, child)
    try write(
      container, into: slot(of: container, in: document), of: container, emitter, in: document)
  }

  private func endsWithLineEnd(_ node: UInt32, in document: Document) -> Bool {
    let span = self[node]
    guard span.form == .block || span.form == .tagged,
      let last = document.children(of: node).last
    else { return span.traits.contains(.endsWithLineEnd) }
    return endsWithLineEnd(last.value, in: document)
  }
}

// MARK: Replacing and removing

extension YAMLText {
  mutating func replace(
    _ node: NodeID, with new: NodeID, of document: Document
  ) throws(Problem) {
    try check(document.container(of: node), in: document)
    try checkAnchors(in: node, of: document)
    guard document.refusals.isEmpty else { return }
    try write(
      new, into: slot(of: node, in: document), of: node, Emitter(document, indentation),
      in: document)
  }

  mutating func remove(
    at index: Int, in container: NodeID, of document: Document
  ) throws(Problem) -> RemovedText {
    try check(container, in: document)
    let siblings = document.children(of: container.index)
    try checkAnchors(in: NodeID(siblings[index].value), of: document)
    guard document.refusals.isEmpty else { return RemovedText(text: "", separator: "") }
    if siblings.count == 1 { return removeOnly(from: container, document) }
    let range =
      self[container.index].form == .flow
      ? flowRange(of: index, siblings) : try lines(of: index, siblings, document)
    let anchor = anchor(of: index, siblings, in: container, document)
    let removed = RemovedText(
      text: text(in: range),
      separator: anchor <= range.lowerBound ? text(in: anchor..<range.lowerBound) : "")
    splice(range, [])
    return removed
  }

  /// Writes an empty collection in brackets when the only child of a collection is removed.
  private mutating func removeOnly(from container: NodeID, _ document: Document) -> RemovedText {
    let spelling = spelling(of: container, in: document)
    let slot = slot(of: container, in: document)
    let brackets = document.kind(of: container) == .object ? "{}" : "[]"
    fill(slot, with: standsAlone(container, in: document) ? brackets : " " + brackets)
    return RemovedText(text: spelling, separator: "")
  }

  /// The range of a child with one of the commas around it.
  private func flowRange(of index: Int, _ siblings: [Child]) -> Range<Int> {
    guard index > 0 else { return item(siblings[0])..<item(siblings[1]) }
    return self[siblings[index - 1].value].end..<self[siblings[index].value].end
  }

  /// The range of a child's lines with the preceding line break. If the child shares its line with the dash of
  /// an outer list, the next child takes its place there.
  private func lines(
    of index: Int, _ siblings: [Child], _ document: Document
  ) throws(Problem) -> Range<Int> {
    let item = item(siblings[index])
    _ = try column(of: NodeID(siblings[index].value), in: document)
    let end = lineEnd(from: end(of: siblings[index].value, in: document))
    return standsOnOwnLine(item)
      ? precedingLineEnd(of: item)..<end : item..<skipWhiteSpace(from: end)
  }

  /// The offset relative to which the place of a removed child is stored.
  private func anchor(
    of index: Int, _ siblings: [Child], in container: NodeID, _ document: Document
  ) -> Int {
    if index > 0 {
      let end = end(of: siblings[index - 1].value, in: document)
      return self[container.index].form == .flow ? end : lineEnd(from: end)
    }
    return container == document.root ? 0 : self[container.index].indicator
  }
}

// MARK: Restoring

extension YAMLText {
  mutating func restore(
    _ removed: RemovedText, at index: Int, in container: NodeID, of document: Document
  ) throws(Problem) -> String {
    try check(container, in: document)
    let siblings = document.children(of: container.index)
    if siblings.isEmpty {
      fill(slot(of: container, in: document), with: removed.text)
    } else {
      let anchor = anchor(of: index, siblings, in: container, document)
      let isFlow = self[container.index].form == .flow
      var place = index == 0 ? item(siblings[0]) : isFlow ? anchor : lineEnd(from: anchor)
      // The comments before it may have been edited in the meantime.
      let separator = removed.separator.utf8
      if buffer[anchor...].starts(with: separator) { place = anchor + separator.count }
      splice(place..<place, Array(removed.text.utf8))
    }
    return try readAgain(
      at: path(to: container, in: document) + [index], around: container, in: document)
  }

  mutating func restore(
    _ spelling: String, of node: NodeID, in document: Document
  ) throws(Problem) -> String {
    if node != document.root { try check(document.container(of: node), in: document) }
    fill(slot(of: node, in: document), with: spelling)
    return try readAgain(
      at: path(to: node, in: document), around: document.container(of: node), in: document)
  }

  private func path(to node: NodeID, in document: Document) -> [Int] {
    var (path, node): ([Int], NodeID) = ([], node)
    while node != document.root {
      let container = document.container(of: node)
      let siblings = document.children(of: container.index)
      path.append(siblings.firstIndex { $0.value == node.index } ?? 0)
      node = container
    }
    return path.reversed()
  }
}
