/// The syntax of a document. `indirect`, so that it takes only one word, because documents are copied
/// often.
indirect enum Syntax: Sendable {
  case json
  /// JSON, with edits that could not be made.
  case refusedJSON([Problem])
  /// Another syntax. The text is `nil` while it is being changed.
  case other((any SourceText)?, refusals: [Problem])
}

extension Document {
  /// Edits that could not be made, because the document's text does not allow them, or because they refer to a
  /// place that does not exist. If there are any, ``rendered()`` lacks them, so callers must check this
  /// first. The ``Problem/stage`` of each is the filter that made the edit.
  public var refusals: [Problem] {
    switch syntax {
    case .json: []
    case .refusedJSON(let refusals), .other(_, let refusals): refusals
    }
  }

  /// Records an edit that could not be made.
  mutating func refuse(_ obstacle: EditObstacle, at node: NodeID, _ reason: Edit.Reason) {
    var refusal = Problem(obstacle, at: offset(of: node))
    refusal.stage = reason.filter
    switch syntax {
    case .json: syntax = .refusedJSON([refusal])
    case .refusedJSON(let refusals): syntax = .refusedJSON(refusals + [refusal])
    case .other(let source, let refusals): syntax = .other(source, refusals: refusals + [refusal])
    }
  }

  /// The document's text if it is not JSON. Every edit also changes this text.
  package var source: (any SourceText)? {
    guard case .other(let source, _) = syntax else { return nil }
    return source
  }

  var isJSON: Bool {
    switch syntax {
    case .json, .refusedJSON: true
    case .other: false
    }
  }
}

// MARK: Edits of the text

extension Document {
  /// - Parameters:
  ///   - json: the document's value as compact JSON.
  /// - source: makes the text from the scanned document.
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

  /// - Returns: the spelling of the empty container that the edit fills, or `nil` if it is not empty.
  mutating func insertInSource(
    _ child: Child, at index: Int, in container: NodeID, _ reason: Edit.Reason
  ) -> String? {
    let isFilled = tree.children(of: container.index).isEmpty
    let former = isFilled ? source?.spelling(of: container, in: self) : nil
    return change(reason) { source, document throws(Problem) in
      try source.insert(child, at: index, in: container, of: document)
      return former
    } ?? nil
  }

  /// - Returns: the spelling of the replaced value.
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

  /// Reads the text around a removal again, because a removal can change the meaning of that text.
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

  /// Changes the text, or records why that is impossible.
  @discardableResult
  private mutating func change<Result>(
    _ reason: Edit.Reason,
    _ change: (inout any SourceText, Document) throws(Problem) -> Result
  ) -> Result? {
    guard case .other(.some(var source), var refusals) = syntax else { return nil }
    // The text must be uniquely referenced, otherwise the change copies it.
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

// MARK: Restoring

// A ledger is stored where anybody could change it, so the text is read again after each step, and must
// have the document's value.
extension Document {
  mutating func restoreInSource(
    _ name: String?, _ text: String, _ surroundings: Edit.Surroundings, in container: NodeID,
    _ reason: Edit.Reason
  ) throws(Problem) {
    guard contains(container), kind(of: container) == (name == nil ? .array : .object),
      name.map({ member($0, of: container) == nil }) ?? true
    else { throw Self.unrestorable }
    let removed = RemovedText(text: text, separator: surroundings.separator ?? "")
    let siblings = tree.children(of: container.index)
    let index = min(max(surroundings.index, 0), siblings.count)
    try restoreInSource(around: container) { document, source throws(Problem) in
      var surroundings = Edit.Surroundings(index: index)
      if siblings.isEmpty { surroundings.suffix = source.spelling(of: container, in: document) }
      let value = try source.restore(removed, at: index, in: container, of: document)
      let nameNode = name.map { document.tree.printName($0, of: container.index) }
      let node = try document.adopt(value, parent: container.index)
      document.attach(
        Child(name: nameNode, value: node), surroundings, in: container, reason)
    }
  }

  /// - Parameter expected: the value that the text must have, as compact JSON.
  mutating func restoreInSource(
    _ node: NodeID, to text: String, onlyAs expected: String? = nil, _ reason: Edit.Reason
  ) throws(Problem) {
    let container = container(of: node)
    try restoreInSource(around: container) { document, source throws(Problem) in
      let spelled = source.spelling(of: node, in: document)
      let value = try source.restore(text, of: node, in: document)
      if let expected, value != expected { throw Self.unrestorable }
      let new = try document.adopt(value, parent: container.index)
      _ = document.replace(node, by: new, spelled: spelled, reason)
    }
  }

  /// Ignores any text but an empty container of the same kind.
  mutating func setInteriorInSource(_ text: String, of container: NodeID) {
    try? restoreInSource(around: container) { document, source throws(Problem) in
      _ = try source.restore(text, of: container, in: document)
    }
  }

  private mutating func restoreInSource(
    around container: NodeID,
    _ step: (inout Document, inout any SourceText) throws(Problem) -> Void
  ) throws(Problem) {
    guard case .other(.some(var source), let refusals) = syntax, refusals.isEmpty else { return }
    // The text must be uniquely referenced, otherwise the change copies it.
    syntax = .other(nil, refusals: [])
    defer { syntax = .other(source, refusals: []) }
    let excerpt = source.excerpt(around: container, of: self)
    let (children, count) = (tree.children(of: container.index), changes.count)
    do throws(Problem) {
      try step(&self, &source)
      try source.follow(self, around: container)
    } catch {
      if changes.count > count {
        tree.changeChildren(of: container.index) { $0 = children }
        changes.removeLast(changes.count - count)
      }
      source.putBack(excerpt, around: container, of: self)
      throw Self.unrestorable
    }
  }

  private static let unrestorable = Problem.unrestorable("it does not fit where it was")
}
