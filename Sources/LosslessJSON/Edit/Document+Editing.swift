/// Edits ask for values that are part of the document and for containers of the right kind;
/// anything else is a mistake of the program and stops it, before it damages the document.
extension Document {
  /// Adds a member at the end of an object, or gives the member of that name a new value.
  ///
  /// - Returns: the value's node, or `nil` when the member already had this value.
  @discardableResult
  public mutating func set(
    _ name: String, to value: JSONValue, in object: NodeID, because reason: Edit.Reason
  ) -> NodeID? {
    precondition(kind(of: object) == .object, "only objects have members")
    let name = JSONValue.printableName(name)
    if let present = member(name, of: object) {
      return replace(present, with: value, because: reason)
    }
    let node = generate(value, parent: object.index)
    let nameNode = generate(.string(name), parent: object.index)
    let end = children(of: object.index).count
    add(Child(name: nameNode, value: node), at: end, in: object, reason)
    return NodeID(node)
  }

  /// Inserts an element into an array, at most one place behind its last.
  @discardableResult
  public mutating func insert(
    _ value: JSONValue, at index: Int, in array: NodeID, because reason: Edit.Reason
  ) -> NodeID {
    precondition(kind(of: array) == .array, "only arrays have elements")
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
    let new = generate(value, parent: parent)
    let spelled = replaceInSource(node, by: NodeID(new), reason)
    return replace(node, by: new, spelled: spelled, reason)
  }

  /// - Parameter spelled: how the value is spelled in the text of another syntax.
  mutating func replace(
    _ node: NodeID, by new: UInt32, spelled: String? = nil, _ reason: Edit.Reason
  ) -> NodeID {
    var (children, index) = siblings(of: node)
    let container = nodes[Int(node.index)].parent
    let before = renderedText(of: node)
    let pointer = pointer(to: node)
    children[index].value = new
    markChanged(container, children)
    edits.append(
      Edit(
        pointer: pointer, namedPointer: namedPointer(to: NodeID(new)), before: before,
        spelling: spelled ?? before, after: spelling(new), reason: reason, node: NodeID(new),
        container: NodeID(container), surroundings: Edit.Surroundings(index: index)))
    return NodeID(new)
  }

  /// Takes a member or element out.
  public mutating func remove(_ node: NodeID, because reason: Edit.Reason) {
    var (children, index) = siblings(of: node)
    let container = nodes[Int(node.index)].parent
    let before = renderedText(of: node)
    let pointer = pointer(to: node)
    let namedPointer = namedPointer(to: node)
    let removed = removeFromSource(at: index, in: NodeID(container), reason)
    let surroundings =
      isJSON
      ? surroundings(of: children, index, in: container)
      : Edit.Surroundings(index: index, gap: removed?.gap)
    children.remove(at: index)
    markChanged(container, children)
    edits.append(
      Edit(
        pointer: pointer, namedPointer: namedPointer, before: before,
        spelling: removed?.text ?? before,
        after: nil, reason: reason, node: node, container: NodeID(container),
        surroundings: surroundings))
    followInSource(reason)
  }

  /// Makes a value inside the document the whole document; what stood around it is dropped.
  public mutating func narrow(to node: NodeID, because reason: Edit.Reason) {
    precondition(contains(node), "the value is not part of the document")
    guard node != root else { return }
    refuseNarrowing(to: node, reason)
    edits.append(
      Edit(
        pointer: JSONPointer(), namedPointer: JSONPointer(), before: renderedText(of: root),
        spelling: nil, after: renderedText(of: node), reason: reason, node: node, container: root,
        surroundings: Edit.Surroundings(index: 0)))
    root = node
  }

  mutating func add(
    _ child: Child, at index: Int, in container: NodeID, _ reason: Edit.Reason
  ) {
    precondition(contains(container), "the container is not part of the document")
    let children = children(of: container.index)
    var surroundings = Edit.Surroundings(index: index)
    if !isJSON {
      surroundings.closing = insertInSource(child, at: index, in: container, reason)
    } else if children.isEmpty {
      surroundings.closing = spacing(of: container.index, layout).closing(after: [])
    }
    attach(child, among: children, surroundings, in: container, reason)
  }

  /// Adds a child where `surroundings` says, in the document but not in its text.
  mutating func attach(
    _ child: Child, among siblings: [Child], _ surroundings: Edit.Surroundings,
    in container: NodeID, _ reason: Edit.Reason
  ) {
    var children = siblings
    children.insert(child, at: surroundings.index)
    markChanged(container.index, children)
    let node = NodeID(child.value)
    edits.append(
      Edit(
        pointer: pointer(to: node), namedPointer: namedPointer(to: node), before: nil,
        spelling: nil, after: spelling(child.value), reason: reason, node: node,
        container: container, surroundings: surroundings))
  }

  mutating func markChanged(_ container: UInt32, _ children: [Child]) {
    changedChildren[container] = children
    var index = container
    while !nodes[Int(index)].flags.contains(.changed) {
      nodes[Int(index)].flags.insert(.changed)
      index = nodes[Int(index)].parent
    }
  }

  /// The children of a value's container, and the value's place among them.
  private func siblings(of node: NodeID) -> ([Child], Int) {
    precondition(contains(node) && node != root, "the value is not inside the document")
    let children = children(of: nodes[Int(node.index)].parent)
    return (children, children.firstIndex { $0.value == node.index } ?? 0)
  }
}
