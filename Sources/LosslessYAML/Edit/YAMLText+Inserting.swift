internal import LosslessJSON

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
    // A removal takes the line end before a child: this one has to be spelled like that.
    let lineEnd = standsOnOwnLine(item) ? lineEndBefore(item) : indentation.newline
    let gap = lineEnd + String(repeating: " ", count: column)
    insert(emitter, at: item, after: gap, pushes: true)
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

  /// What separates the first two children.
  private func separator(of siblings: [Child]) -> String {
    guard siblings.count > 1 else { return ", " }
    let gap = text(in: self[siblings[0].value].end..<item(siblings[1]))
    return gap.utf8.allSatisfy { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") } ? gap : ", "
  }

  /// A first child takes the place of the empty brackets.
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
