internal import LosslessJSON

extension YAMLText {
  /// - Throws: when children of `container` can't be edited.
  func check(_ container: NodeID, in document: Document) throws(Problem) {
    if let barrier { throw barrier }
    // What has no place was made after an edit was refused.
    guard let span = span(container) else { return }
    if let obstacle = obstacle(in: span, isEmpty: document.children(of: container.index).isEmpty) {
      throw Problem(obstacle, at: inputOffset(around: container, in: document))
    }
    var node = container
    while true {
      try checkSharing(node, in: document)
      guard node != document.root else { return }
      node = document.container(of: node)
    }
  }

  /// - Throws: when aliases elsewhere stand for something inside `node`, which is about to go.
  func checkAnchors(in node: NodeID, of document: Document) throws(Problem) {
    if let span = span(node), span.traits.contains(.aliased) {
      throw Problem(EditObstacle.anchor, at: inputOffset(around: node, in: document))
    }
    for child in document.children(of: node.index) {
      if let name = child.name { try checkAnchors(in: NodeID(name), of: document) }
      try checkAnchors(in: NodeID(child.value), of: document)
    }
  }

  private func checkSharing(_ node: NodeID, in document: Document) throws(Problem) {
    guard let traits = span(node)?.traits else { return }
    if traits.contains(.alias) {
      throw Problem(EditObstacle.alias, at: inputOffset(around: node, in: document))
    }
    if traits.contains(.aliased) {
      throw Problem(EditObstacle.anchor, at: inputOffset(around: node, in: document))
    }
  }

  private func obstacle(in span: Span, isEmpty: Bool) -> EditObstacle? {
    if span.traits.contains(.alias) { return .alias }
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
