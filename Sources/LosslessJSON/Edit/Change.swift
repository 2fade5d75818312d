/// An edit as the document keeps it: with the nodes of its texts instead of the texts. Most edits are
/// never reported, so their texts are never printed.
package struct Change: Sendable {
  /// A text that an edit added. Appended bytes never change.
  enum Text {
    case node(UInt32)
    case rendered(String)
  }

  /// From the root to the value, in the document after the changes before this one.
  let path: [Step]
  package let before: String?
  package let spelling: String?
  let after: Text?
  let reason: Edit.Reason
  package let node: NodeID
  package let container: NodeID
  package let surroundings: Edit.Surroundings

  package var isRemoval: Bool { after == nil }
}

extension Document {
  /// Every edit, in order.
  public var edits: [Edit] { changes.map { edit($0) } }

  public var editCount: Int { changes.count }

  /// Whether an edit added, removed or replaced a sibling of a value, the value itself, or one of the
  /// containers around it.
  ///
  /// - Parameter editCount: how many edits to ignore, from the first one on.
  public func isEdited(around node: NodeID, since editCount: Int) -> Bool {
    changes.indices[editCount...].contains { change in
      var container = node.index
      while container != root.index {
        container = tree.nodes[Int(container)].parent
        if container == changes[change].container.index { return true }
      }
      return false
    }
  }

  /// The edit that a change of this document was.
  package func edit(_ change: Change) -> Edit {
    Edit(
      pointer: pointer(change.path), namedPointer: namedPointer(change.path),
      before: change.before, spelling: change.spelling, after: change.after.map { text($0) },
      reason: change.reason, node: change.node, container: change.container,
      surroundings: change.surroundings)
  }

  /// See ``Edit/after``.
  package func after(_ change: Change) -> String? { change.after.map { text($0) } }

  /// Where a change is found again in the document as it stood after it: see ``Edit/namedPointer``.
  package func namedPointer(_ change: Change) -> JSONPointer {
    var path = change.path
    // An element whose name was removed is found by its index.
    if change.isRemoval, path.count > 1, let member = path.last?.member,
      nameMembers.contains(where: { tree.isNamed(member, $0) })
    {
      let element = path[path.count - 2]
      path[path.count - 2] = Step(member: element.member, index: element.index, elementName: nil)
    }
    return namedPointer(path)
  }

  /// The names of the elements of a list that a change added, as the list was then; empty if an
  /// element has no name, or no list was added.
  package func elementNames(_ change: Change) -> [String] {
    guard case .node(let list)? = change.after, tree.nodes[Int(list)].kind == .array else {
      return []
    }
    var names: [String] = []
    for element in tree.scannedChildren(of: list) {
      guard let name = scannedName(of: element.value) else { return [] }
      names.append(tree.text(name))
    }
    return names
  }

  private func scannedName(of element: UInt32) -> UInt32? {
    guard tree.nodes[Int(element)].kind == .object else { return nil }
    for name in nameMembers {
      let member = tree.scannedChildren(of: element).first { member in
        tree.isNamed(member.start, name) && tree.nodes[Int(member.value)].kind == .string
      }
      if let member { return member.value }
    }
    return nil
  }

  private func text(_ text: Change.Text) -> String {
    switch text {
    case .node(let node): tree.spelling(node)
    case .rendered(let text): text
    }
  }
}
