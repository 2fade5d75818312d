extension Document {
  /// - Parameters:
  ///   - json: the document's value as compact JSON.
  ///   - source: its text; made from the scanned document.
  package init(
    json: [UInt8], source: (Document) -> (any SourceText)?
  ) throws(Problem) {
    try self.init(json)
    if let text = source(self) { syntax = .other(text, refusals: []) }
  }

  func offset(of node: NodeID, in source: any SourceText) -> Int {
    var node = node
    while true {
      if let offset = source.inputOffset(of: node) { return offset }
      guard node != root else { return 0 }
      node = container(of: node)
    }
  }

  /// - Returns: the spelling of the container without children that the edit fills.
  mutating func insertInSource(
    _ child: Child, at index: Int, in container: NodeID, _ reason: Edit.Reason
  ) -> String? {
    let isFilled = children(of: container.index).isEmpty
    let hollow = isFilled ? source?.spelling(of: container, in: self) : nil
    return change(reason) { source, document throws(Problem) in
      try source.insert(child, at: index, in: container, of: document)
      return hollow
    } ?? nil
  }

  /// - Returns: how the replaced value was spelled.
  mutating func replaceInSource(
    _ node: NodeID, by new: NodeID, _ reason: Edit.Reason
  ) -> String? {
    change(reason) { source, document throws(Problem) in
      let spelling = source.spelling(of: node, in: document)
      try source.replace(node, with: new, of: document)
      return spelling
    }
  }

  mutating func removeFromSource(
    at index: Int, in container: NodeID, _ reason: Edit.Reason
  ) -> RemovedText? {
    change(reason) { source, document throws(Problem) in
      try source.remove(at: index, in: container, of: document)
    }
  }

  /// What stood around a removed text can change its meaning: it is read again.
  mutating func followInSource(around container: NodeID, _ reason: Edit.Reason) {
    guard !isJSON, refusals.isEmpty else { return }
    change(reason) { source, document throws(Problem) in
      try source.follow(document, around: container)
    }
  }

  mutating func refuseNarrowing(to node: NodeID, _ reason: Edit.Reason) {
    guard !isJSON else { return }
    let offset = offset(of: node)
    change(reason) { _, _ throws(Problem) in throw Problem(EditObstacle.narrowing, at: offset) }
  }

  /// Makes a change in the text; a refusal is noted.
  @discardableResult
  private mutating func change<Result>(
    _ reason: Edit.Reason,
    _ change: (inout any SourceText, Document) throws(Problem) -> Result
  ) -> Result? {
    guard case .other(.some(var source), var refusals) = syntax else { return nil }
    // Only one owner: the text is changed in place.
    syntax = .other(nil, refusals: refusals)
    defer { syntax = .other(source, refusals: refusals) }
    do throws(Problem) {
      return try change(&source, self)
    } catch {
      var refusal = error
      refusal.stage = reason.filter
      refusals.append(refusal)
      return nil
    }
  }
}
