// What is brought back was kept outside the document, where anybody could change it: the text is
// read again after each step, and must be the document that the step makes.
extension Document {
  mutating func restoreInSource(
    _ name: String?, _ text: String, _ surroundings: Edit.Surroundings, in container: NodeID,
    _ reason: Edit.Reason
  ) throws(Problem) {
    guard contains(container), kind(of: container) == (name == nil ? .array : .object),
      name.map({ member($0, of: container) == nil }) ?? true
    else { throw Self.unrestorable }
    let removed = RemovedText(text: text, gap: surroundings.gap ?? "")
    let siblings = children(of: container.index)
    let index = min(max(surroundings.index, 0), siblings.count)
    try restoreInSource(around: container) { document, source throws(Problem) in
      var surroundings = Edit.Surroundings(index: index)
      if siblings.isEmpty { surroundings.closing = source.spelling(of: container, in: document) }
      let value = try source.restore(removed, at: index, in: container, of: document)
      let nameNode = name.map { document.generateName($0, parent: container.index) }
      let node = try document.adopt(value, parent: container.index)
      document.attach(
        Child(name: nameNode, value: node), surroundings, in: container, reason)
    }
  }

  /// - Parameter expected: the only value that the text may have, as compact JSON.
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

  /// Anything but an empty container of the same kind leaves the text as it is.
  mutating func setHollowInSource(_ text: String, of container: NodeID) {
    try? restoreInSource(around: container) { document, source throws(Problem) in
      _ = try source.restore(text, of: container, in: document)
    }
  }

  private mutating func restoreInSource(
    around container: NodeID,
    _ step: (inout Document, inout any SourceText) throws(Problem) -> Void
  ) throws(Problem) {
    guard case .other(.some(var source), let refusals) = syntax, refusals.isEmpty else { return }
    // Only one owner: text and document are changed in place.
    syntax = .other(nil, refusals: [])
    defer { syntax = .other(source, refusals: []) }
    let excerpt = source.excerpt(around: container, of: self)
    let (children, count) = (children(of: container.index), changes.count)
    do throws(Problem) {
      try step(&self, &source)
      try source.follow(self, around: container)
    } catch {
      if changes.count > count {
        changeChildren(of: container.index) { $0 = children }
        changes.removeLast(changes.count - count)
      }
      source.putBack(excerpt, around: container, of: self)
      throw Self.unrestorable
    }
  }

  private static let unrestorable = Problem.unrestorable("it does not fit where it was")
}
