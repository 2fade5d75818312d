extension Document {
  /// Adds a member at the end of an object, or gives the member of that name a new value.
  ///
  /// - Returns: the value's node, or `nil` when the member already had this value.
  @discardableResult
  public mutating func set(
    _ name: String, to value: JSONValue, in object: NodeID, because reason: Edit.Reason
  ) -> NodeID? {
    if let present = member(name, of: object) {
      return replace(present, with: value, because: reason)
    }
    let node = generate(value, parent: object.index)
    let nameNode = generate(.string(name), parent: object.index)
    add(
      Child(name: nameNode, value: node), at: children(of: object.index).count, in: object, reason)
    return NodeID(node)
  }

  /// Inserts an element into an array, at most one place behind its last.
  @discardableResult
  public mutating func insert(
    _ value: JSONValue, at index: Int, in array: NodeID, because reason: Edit.Reason
  ) -> NodeID {
    let node = generate(value, parent: array.index)
    add(Child(name: nil, value: node), at: index, in: array, reason)
    return NodeID(node)
  }

  @discardableResult
  public mutating func append(
    _ value: JSONValue, to array: NodeID, because reason: Edit.Reason
  ) -> NodeID {
    insert(value, at: children(of: array.index).count, in: array, because: reason)
  }

  /// Gives another value to a member or element.
  ///
  /// - Returns: the new value's node, or `nil` when it already had this value.
  @discardableResult
  public mutating func replace(
    _ node: NodeID, with value: JSONValue, because reason: Edit.Reason
  ) -> NodeID? {
    guard self.value(node) != value else { return nil }
    let parent = nodes[Int(node.index)].parent
    return replace(node, by: generate(value, parent: parent), reason)
  }

  mutating func replace(_ node: NodeID, by new: UInt32, _ reason: Edit.Reason) -> NodeID {
    let container = nodes[Int(node.index)].parent
    let before = String(decoding: renderedText(of: node), as: UTF8.self)
    let pointer = pointer(to: node)
    var children = children(of: container)
    let index = children.firstIndex { $0.value == node.index } ?? 0
    children[index].value = new
    markChanged(container, children)
    edits.append(
      Edit(
        pointer: pointer, namedPointer: namedPointer(to: NodeID(new)), before: before,
        after: spelling(new), reason: reason, node: NodeID(new),
        container: NodeID(container), surroundings: Edit.Surroundings(index: index)))
    return NodeID(new)
  }

  /// Takes a member or element out.
  public mutating func remove(_ node: NodeID, because reason: Edit.Reason) {
    let container = nodes[Int(node.index)].parent
    let before = String(decoding: renderedText(of: node), as: UTF8.self)
    let pointer = pointer(to: node)
    let namedPointer = namedPointer(to: node)
    var children = children(of: container)
    let index = children.firstIndex { $0.value == node.index } ?? 0
    let surroundings = surroundings(ofChildAt: index, in: container)
    children.remove(at: index)
    markChanged(container, children)
    edits.append(
      Edit(
        pointer: pointer, namedPointer: namedPointer, before: before, after: nil, reason: reason,
        node: node,
        container: NodeID(container), surroundings: surroundings))
  }

  /// Makes a value inside the document the whole document; what stood around it is dropped.
  public mutating func narrow(to node: NodeID, because reason: Edit.Reason) {
    let before = String(decoding: renderedText(of: root), as: UTF8.self)
    let after = String(decoding: renderedText(of: node), as: UTF8.self)
    edits.append(
      Edit(
        pointer: JSONPointer(), namedPointer: JSONPointer(), before: before, after: after,
        reason: reason, node: node,
        container: root, surroundings: Edit.Surroundings(index: 0)))
    root = node
  }

  private mutating func add(
    _ child: Child, at index: Int, in container: NodeID, _ reason: Edit.Reason
  ) {
    var children = children(of: container.index)
    var surroundings = Edit.Surroundings(index: index)
    if children.isEmpty { surroundings.closing = closingText(of: container.index) }
    children.insert(child, at: index)
    markChanged(container.index, children)
    edits.append(
      Edit(
        pointer: pointer(to: NodeID(child.value)),
        namedPointer: namedPointer(to: NodeID(child.value)), before: nil,
        after: spelling(child.value),
        reason: reason, node: NodeID(child.value), container: container, surroundings: surroundings)
    )
  }

  mutating func markChanged(_ container: UInt32, _ children: [Child]) {
    changedChildren[container] = children
    var index = container
    while !nodes[Int(index)].flags.contains(.changed) {
      nodes[Int(index)].flags.insert(.changed)
      index = nodes[Int(index)].parent
    }
  }
}
