internal import LosslessJSON

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
    guard document.refusals.isEmpty else { return RemovedText(text: "", gap: "") }
    if siblings.count == 1 { return removeOnly(from: container, document) }
    let range =
      self[container.index].form == .flow
      ? flowRange(of: index, siblings) : try lines(of: index, siblings, document)
    let anchor = anchor(of: index, siblings, in: container, document)
    let removed = RemovedText(
      text: text(in: range),
      gap: anchor <= range.lowerBound ? text(in: anchor..<range.lowerBound) : "")
    splice(range, [])
    return removed
  }

  /// A collection without children is written in brackets.
  private mutating func removeOnly(from container: NodeID, _ document: Document) -> RemovedText {
    let spelling = spelling(of: container, in: document)
    let slot = slot(of: container, in: document)
    let brackets = document.kind(of: container) == .object ? "{}" : "[]"
    fill(slot, with: standsAlone(container, in: document) ? brackets : " " + brackets)
    return RemovedText(text: spelling, gap: "")
  }

  /// A child with one of the commas around it.
  private func flowRange(of index: Int, _ siblings: [Child]) -> Range<Int> {
    guard index > 0 else { return item(siblings[0])..<item(siblings[1]) }
    return self[siblings[index - 1].value].end..<self[siblings[index].value].end
  }

  /// A child's lines with the line end before them. A child that shares its line with the dash of
  /// an outer list leaves its place there to what follows.
  private func lines(
    of index: Int, _ siblings: [Child], _ document: Document
  ) throws(Problem) -> Range<Int> {
    let item = item(siblings[index])
    _ = try column(of: NodeID(siblings[index].value), in: document)
    let end = lineEnd(from: end(of: siblings[index].value, in: document))
    return standsOnOwnLine(item)
      ? precedingLineEnd(of: item)..<end : item..<skipWhiteSpace(from: end)
  }

  /// From where the place of a removed child is told.
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
      // The comments that stood before it may have been edited since.
      let gap = removed.gap.utf8
      if buffer[anchor...].starts(with: gap) { place = anchor + gap.count }
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
