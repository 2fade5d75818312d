/// Edits ask for values that are part of the document and for containers of the right kind. Any
/// other edit is not made, and becomes one of the document's ``Document/refusals``.
extension Document {
  /// Adds a member at the end of an object, or gives the member of that name a new value.
  ///
  /// - Returns: the value's node, or `nil` when the member already had this value.
  @discardableResult
  public mutating func set(
    _ name: String, to value: JSONValue, in object: NodeID, because reason: Edit.Reason
  ) -> NodeID? {
    let name = JSONValue.printableName(name)
    if let present = member(name, of: object) {
      return replace(present, with: value, because: reason)
    }
    return add(name, in: object, reason) { $0.generate(value, parent: object.index) }
  }

  /// Like ``set(_:to:in:because:)``, but inserts a prebuilt ``Fragment``.
  ///
  /// - Parameter filler: the value for the fragment's blank.
  @discardableResult
  public mutating func set(
    _ name: String, to fragment: Fragment, filling filler: JSONValue? = nil, in object: NodeID,
    because reason: Edit.Reason
  ) -> NodeID? {
    let name = JSONValue.printableName(name)
    if let present = member(name, of: object) {
      return replace(present, with: fragment.value(filling: filler), because: reason)
    }
    return add(name, in: object, reason) {
      $0.generate(fragment, filling: filler, parent: object.index)
    }
  }

  mutating func add(
    _ name: String, in object: NodeID, _ reason: Edit.Reason,
    _ generate: (inout Document) -> UInt32
  ) -> NodeID {
    let nameNode = generateName(name, parent: object.index)
    let node = generate(&self)
    let end = childCount(of: object.index)
    add(Child(name: nameNode, value: node), at: end, in: object, reason)
    return NodeID(node)
  }

  /// Inserts an element into an array; behind the last one if `index` is beyond the end.
  @discardableResult
  public mutating func insert(
    _ value: JSONValue, at index: Int, in array: NodeID, because reason: Edit.Reason
  ) -> NodeID {
    let node = generate(value, parent: array.index)
    let index = min(max(index, 0), childCount(of: array.index))
    add(Child(name: nil, value: node), at: index, in: array, reason)
    return NodeID(node)
  }

  @discardableResult
  public mutating func append(
    _ value: JSONValue, to array: NodeID, because reason: Edit.Reason
  ) -> NodeID {
    insert(value, at: childCount(of: array.index), in: array, because: reason)
  }

  /// Like ``append(_:to:because:)``, but inserts a prebuilt ``Fragment``.
  @discardableResult
  public mutating func append(
    _ fragment: Fragment, to array: NodeID, because reason: Edit.Reason
  ) -> NodeID {
    let node = generate(fragment, parent: array.index)
    add(Child(name: nil, value: node), at: childCount(of: array.index), in: array, reason)
    return NodeID(node)
  }

  /// Gives another value to a member or element.
  ///
  /// - Returns: the new value's node, or `nil` when it already had this value.
  @discardableResult
  public mutating func replace(
    _ node: NodeID, with value: JSONValue, because reason: Edit.Reason
  ) -> NodeID? {
    guard self.value(node) != value, canEdit(node, reason) else { return nil }
    let parent = nodes[Int(node.index)].parent
    let new = generate(value, parent: parent)
    let spelled = replaceInSource(node, by: NodeID(new), reason)
    return replace(node, by: new, spelled: spelled, reason)
  }

  /// - Parameter spelled: how the value is spelled in the text of another syntax.
  mutating func replace(
    _ node: NodeID, by new: UInt32, spelled: String? = nil, _ reason: Edit.Reason
  ) -> NodeID {
    let container = nodes[Int(node.index)].parent
    guard let index = place(of: node.index, in: container) else { return node }
    let before = renderedText(of: node)
    changeChildren(of: container) { $0[index].value = new }
    joints[new] = joints[node.index]
    changes.append(
      Change(
        path: path(to: NodeID(new)), before: before, spelling: spelled ?? before,
        after: .node(new), reason: reason, node: NodeID(new), container: NodeID(container),
        surroundings: Edit.Surroundings(index: index)))
    return NodeID(new)
  }

  /// Takes a member or element out; the whole document stays, as does what is out already.
  public mutating func remove(_ node: NodeID, because reason: Edit.Reason) {
    let container = nodes[Int(node.index)].parent
    guard canEdit(node, reason), let index = place(of: node.index, in: container) else { return }
    let before = renderedText(of: node)
    let path = path(to: node)
    let removed = removeFromSource(at: index, in: NodeID(container), reason)
    let surroundings =
      isJSON
      ? surroundings(of: children(of: container), index, in: container)
      : Edit.Surroundings(index: index, gap: removed?.gap)
    changeChildren(of: container) { $0.remove(at: index) }
    changes.append(
      Change(
        path: path, before: before, spelling: removed?.text ?? before, after: nil, reason: reason,
        node: node, container: NodeID(container), surroundings: surroundings))
    followInSource(around: NodeID(container), reason)
  }

  /// Makes a value inside the document the whole document; what stood around it is dropped.
  public mutating func narrow(to node: NodeID, because reason: Edit.Reason) {
    guard node != root, canEdit(node, reason) else { return }
    refuseNarrowing(to: node, reason)
    changes.append(
      Change(
        path: [], before: renderedText(of: root), spelling: nil,
        after: .rendered(renderedText(of: node)), reason: reason, node: node, container: root,
        surroundings: Edit.Surroundings(index: 0)))
    root = node
  }

  mutating func add(
    _ child: Child, at index: Int, in container: NodeID, _ reason: Edit.Reason
  ) {
    guard contains(container), kind(of: container) == (child.name == nil ? .array : .object) else {
      return refuse(.missingPlace, at: container, reason)
    }
    var surroundings = Edit.Surroundings(index: index)
    if !isJSON {
      surroundings.closing = insertInSource(child, at: index, in: container, reason)
    } else if childCount(of: container.index) == 0 {
      surroundings.closing = spacing(of: container.index, layout).closing(after: [])
    }
    attach(child, surroundings, in: container, reason)
  }

  /// Adds a child where `surroundings` says, in the document but not in its text.
  mutating func attach(
    _ child: Child, _ surroundings: Edit.Surroundings, in container: NodeID, _ reason: Edit.Reason
  ) {
    changeChildren(of: container.index) { children in
      if surroundings.index == children.count {
        children.append(child)
      } else {
        children.insert(child, at: surroundings.index)
      }
    }
    // Most tasks get about a dozen edits.
    if changes.isEmpty { changes.reserveCapacity(16) }
    let node = NodeID(child.value)
    changes.append(
      Change(
        path: path(toAdded: child, in: container), before: nil, spelling: nil,
        after: .node(child.value),
        reason: reason, node: node, container: container, surroundings: surroundings))
  }

  /// Where the last change added a member to the same object, the way to the object is known.
  private func path(toAdded child: Child, in container: NodeID) -> [Step] {
    // By its index: the whole change would be copied.
    guard let last = changes.indices.last, changes[last].container == container,
      changes[last].before == nil, let earlier = changes[last].path.last?.member,
      let name = child.name, !nameMembers.contains(where: { isNamed(earlier, $0) })
    else { return path(to: NodeID(child.value)) }
    var path = changes[last].path
    path[path.count - 1] = Step(member: name, index: 0, elementName: nil)
    return path
  }

  private func childCount(of container: UInt32) -> Int {
    changedChildren(of: container)?.count ?? scannedCount(of: container)
  }

  /// Changes the children in place, and marks the container and those around it as changed.
  mutating func changeChildren(of container: UInt32, _ change: (inout [Child]) -> Void) {
    if nodes[Int(container)].tag == 0 {
      // A new Envoy container gets about as many members by edits.
      changedChildren.append(scannedChildren(of: container, roomForMore: 8))
      nodes[Int(container)].tag = UInt32(changedChildren.count)
    }
    change(&changedChildren[Int(nodes[Int(container)].tag) - 1])
    var index = container
    while !nodes[Int(index)].flags.contains(.changed) {
      nodes[Int(index)].flags.insert(.changed)
      index = nodes[Int(index)].parent
    }
  }

  /// Whether a value stands inside the document; if not, the edit is refused.
  private mutating func canEdit(_ node: NodeID, _ reason: Edit.Reason) -> Bool {
    guard node != root else {
      refuse(.wholeDocument, at: node, reason)
      return false
    }
    guard contains(node) else {
      refuse(.missingPlace, at: node, reason)
      return false
    }
    return true
  }
}
