extension Document {
  /// Brings back a removed child: its text, its place and the white space around it.
  ///
  /// - Parameters:
  ///   - name: the member's name; `nil` in arrays.
  ///   - text: JSON text as it was spelled.
  /// - Throws: when `text` is not one JSON value.
  public mutating func restore(
    _ name: String?, _ text: String, _ surroundings: Edit.Surroundings, in container: NodeID,
    because reason: Edit.Reason
  ) throws(SyntaxError) {
    let value = try adopt(text, parent: container.index)
    let nameNode = name.map { generate(.string($0), parent: container.index) }
    var children = children(of: container.index)
    let index = min(surroundings.index, children.count)
    let gap = surroundings.gap.map { stash($0) }
    // A first child's separator is the one behind it: the one before it belongs to the bracket.
    var child = Child(name: nameNode, value: value, head: surroundings.head.map { stash($0) })
    if index == 0, !children.isEmpty {
      children[0].gap = gap
    } else {
      child.gap = gap
    }
    children.insert(child, at: index)
    if let closing = surroundings.closing { closings[container.index] = stash(closing) }
    markChanged(container.index, children)
    edits.append(
      Edit(
        pointer: pointer(to: NodeID(value)), namedPointer: namedPointer(to: NodeID(value)),
        before: nil, after: text, reason: reason,
        node: NodeID(value), container: container, surroundings: Edit.Surroundings(index: index)))
  }

  /// Gives a value the spelling that it had before.
  ///
  /// - Throws: when `text` is not one JSON value.
  public mutating func restore(
    _ node: NodeID, to text: String, because reason: Edit.Reason
  ) throws(SyntaxError) {
    let new = try adopt(text, parent: nodes[Int(node.index)].parent)
    _ = replace(node, by: new, reason)
  }

  /// Sets the white space that an emptied container holds.
  public mutating func setClosing(_ text: String, of container: NodeID) {
    closings[container.index] = stash(text)
  }

  /// What ``remove(_:because:)`` takes away around a child.
  func surroundings(ofChildAt index: Int, in container: UInt32) -> Edit.Surroundings {
    let children = children(of: container)
    let isOnly = children.count == 1
    return Edit.Surroundings(
      index: index,
      head: children[index].name.map { _ in headText(ofChildAt: index, in: container) },
      gap: gapText(before: isOnly ? 0 : max(index, 1), in: container),
      closing: isOnly ? closingText(of: container) : nil)
  }

  private mutating func stash(_ text: String) -> Range<Int> {
    let start = bytes.count
    bytes += text.utf8
    return start..<bytes.count
  }
}
