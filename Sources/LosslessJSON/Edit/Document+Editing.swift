/// Edits must refer to values in the document, and to containers of the right kind. Any other edit is not
/// made, and becomes one of the document's ``Document/refusals``.
extension Document {
  /// Adds a member at the end of an object, or replaces the value of the member with this name.
  ///
  /// - Returns: the value's node, or `nil` if the member already has this value.
  @discardableResult
  public mutating func set(
    _ name: String, to value: JSONValue, in object: NodeID, because reason: Edit.Reason
  ) -> NodeID? {
    let name = JSONValue.printableName(name)
    if let present = member(name, of: object) {
      return replace(present, with: value, because: reason)
    }
    return add(name, in: object, reason) { $0.print(value, parent: object.index) }
  }

  /// Like ``set(_:to:in:because:)``, but inserts a prebuilt ``Fragment``.
  ///
  /// - Parameter filler: the value for the fragment's blank.
  @discardableResult
  public mutating func set(
    _ name: String, to fragment: Fragment, filling filler: Fragment.Filler? = nil,
    in object: NodeID, because reason: Edit.Reason
  ) -> NodeID? {
    let name = JSONValue.printableName(name)
    if let present = member(name, of: object) {
      return replace(present, with: fragment.value(filling: filler), because: reason)
    }
    return add(name, in: object, reason) {
      $0.append(fragment, filling: filler, parent: object.index)
    }
  }

  /// Sets a member to a copy of another value, with the changes of a patch. Numbers and strings keep their
  /// spelling.
  ///
  /// - Parameters:
  ///   - original: a value of this document.
  ///   - patch: a JSON Merge Patch (RFC 7396).
  @discardableResult
  public mutating func set(
    _ name: String, toCopyOf original: NodeID, merging patch: JSONValue, in object: NodeID,
    because reason: Edit.Reason
  ) -> NodeID? {
    let name = JSONValue.printableName(name)
    if let present = member(name, of: object) {
      return replace(present, with: value(original).merging(patch), because: reason)
    }
    return add(name, in: object, reason) {
      $0.copy(original.index, merging: patch, parent: object.index)
    }
  }

  private mutating func add(
    _ name: String, in object: NodeID, _ reason: Edit.Reason,
    _ generate: (inout NodeTree) -> UInt32
  ) -> NodeID {
    reserveForFirstEdit()
    let nameNode = tree.printName(name, of: object.index)
    let node = generate(&tree)
    let end = tree.childCount(of: object.index)
    add(Child(name: nameNode, value: node), at: end, in: object, reason)
    return NodeID(node)
  }

  private mutating func reserveForFirstEdit() {
    if changes.isEmpty { tree.reserveForEdits() }
  }

  /// Inserts an element into an array, or appends it if `index` is beyond the end.
  @discardableResult
  public mutating func insert(
    _ value: JSONValue, at index: Int, in array: NodeID, because reason: Edit.Reason
  ) -> NodeID {
    reserveForFirstEdit()
    let node = tree.print(value, parent: array.index)
    let index = min(max(index, 0), tree.childCount(of: array.index))
    add(Child(name: nil, value: node), at: index, in: array, reason)
    return NodeID(node)
  }

  @discardableResult
  public mutating func append(
    _ value: JSONValue, to array: NodeID, because reason: Edit.Reason
  ) -> NodeID {
    insert(value, at: tree.childCount(of: array.index), in: array, because: reason)
  }

  /// Like ``append(_:to:because:)``, but inserts a prebuilt ``Fragment``.
  @discardableResult
  public mutating func append(
    _ fragment: Fragment, to array: NodeID, because reason: Edit.Reason
  ) -> NodeID {
    reserveForFirstEdit()
    let node = tree.append(fragment, parent: array.index)
    add(Child(name: nil, value: node), at: tree.childCount(of: array.index), in: array, reason)
    return NodeID(node)
  }

  /// Replaces the value of a member or element.
  ///
  /// - Returns: the new value's node, or `nil` if it already has this value.
  @discardableResult
  public mutating func replace(
    _ node: NodeID, with value: JSONValue, because reason: Edit.Reason
  ) -> NodeID? {
    guard self.value(node) != value, canEdit(node, reason) else { return nil }
    let parent = tree.nodes[Int(node.index)].parent
    let new = tree.print(value, parent: parent)
    let spelled = replaceInSource(node, by: NodeID(new), reason)
    return replace(node, by: new, spelled: spelled, reason)
  }

  /// - Parameter spelled: the spelling of the value in the text of another syntax.
  mutating func replace(
    _ node: NodeID, by new: UInt32, spelled: String? = nil, _ reason: Edit.Reason
  ) -> NodeID {
    let container = tree.nodes[Int(node.index)].parent
    guard let index = tree.place(of: node.index, in: container) else { return node }
    let before = renderedText(of: node)
    tree.changeChildren(of: container) { $0[index].value = new }
    trivia.children[new] = trivia.children[node.index]
    changes.append(
      Change(
        path: path(to: NodeID(new)), before: before, spelling: spelled ?? before,
        after: .node(new), reason: reason, node: NodeID(new), container: NodeID(container),
        surroundings: Edit.Surroundings(index: index)))
    return NodeID(new)
  }

  /// Removes a member or element.
  public mutating func remove(_ node: NodeID, because reason: Edit.Reason) {
    let container = tree.nodes[Int(node.index)].parent
    guard canEdit(node, reason), let index = tree.place(of: node.index, in: container) else {
      return
    }
    let before = renderedText(of: node)
    let path = path(to: node)
    let removed = removeFromSource(at: index, in: NodeID(container), reason)
    let surroundings =
      isJSON
      ? surroundings(of: tree.children(of: container), index, in: container)
      : Edit.Surroundings(index: index, separator: removed?.separator)
    tree.changeChildren(of: container) { $0.remove(at: index) }
    changes.append(
      Change(
        path: path, before: before, spelling: removed?.text ?? before, after: nil, reason: reason,
        node: node, container: NodeID(container), surroundings: surroundings))
    followInSource(around: NodeID(container), reason)
  }

  /// Makes a value inside the document the whole document. The bytes around it are dropped.
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
      surroundings.suffix = insertInSource(child, at: index, in: container, reason)
    } else if tree.childCount(of: container.index) == 0 {
      surroundings.suffix = spacing(of: container.index, layout).suffix(after: [])
    }
    attach(child, surroundings, in: container, reason)
  }

  /// Adds a child to the document, but not to its text in another syntax.
  mutating func attach(
    _ child: Child, _ surroundings: consuming Edit.Surroundings, in container: NodeID,
    _ reason: Edit.Reason
  ) {
    let index = surroundings.index
    tree.changeChildren(of: container.index) { children in
      if index == children.count {
        children.append(child)
      } else {
        children.insert(child, at: index)
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

  /// The path to an added child. If the last change added a member to the same object, most of its
  /// path is reused.
  private func path(toAdded child: Child, in container: NodeID) -> [Step] {
    // Indexed, because a local variable would copy the whole change.
    guard let last = changes.indices.last, changes[last].container == container,
      changes[last].before == nil, let earlier = changes[last].path.last?.member,
      let name = child.name, !nameMembers.contains(where: { tree.isNamed(earlier, $0) })
    else { return path(to: NodeID(child.value)) }
    var path = changes[last].path
    path[path.count - 1] = Step(member: name, index: 0, elementName: nil)
    return path
  }

  /// Whether a value is inside the document. If not, records a refusal.
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
