/// The document's record of an edit. It has the nodes of the edit's texts instead of the texts, because most
/// edits are never reported and so never need them.
package struct Change: Sendable {
  /// A text that an edit added. These bytes never change.
  enum Text {
    case node(UInt32)
    case rendered(String)
  }

  /// The path from the root to the value, in the document before this change.
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

  /// Whether an edit added, removed or replaced the value, one of its siblings, or one of the containers
  /// around it.
  ///
  /// - Parameter editCount: the number of edits to ignore, starting with the first.
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

  /// The edit that a change of this document represents.
  package func edit(_ change: Change) -> Edit {
    Edit(
      pointer: pointer(change.path), namedPointer: namedPointer(change.path),
      before: change.before, spelling: change.spelling, after: change.after.map { text($0) },
      reason: change.reason, node: change.node, container: change.container,
      surroundings: change.surroundings)
  }

  /// See ``Edit/after``.
  package func after(_ change: Change) -> String? { change.after.map { text($0) } }

  /// The place where a change can be found in the document after it: see ``Edit/namedPointer``.
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

  /// The names of the elements in a list that a change added, at the time of the change. Empty if an element
  /// has no name, or if the change did not add a list.
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
