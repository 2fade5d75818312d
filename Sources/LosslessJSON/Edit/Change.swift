/// An edit as the document keeps it: where its texts are, and not the texts. Most edits are made, and
/// never told of.
package struct Change: Sendable {
  /// A text of the document, which never changes once it is there.
  enum Text {
    case node(UInt32)
    case rendered(String)
  }

  /// From the root to the value, in the document as it stood after the changes before this one.
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

/// A step from a container to one of its children.
struct Step {
  /// Node of the member's name; `nil` in arrays.
  let member: UInt32?
  /// Index of the element; 0 in objects.
  let index: Int
  /// Node of the name by which an element is found: no sibling before it has the same.
  let elementName: UInt32?
}

extension Document {
  /// Every edit, in order.
  public var edits: [Edit] { changes.map { edit($0) } }

  public var editCount: Int { changes.count }

  /// Whether a value got, lost or changed a sibling since there were so many edits, or a container
  /// around it did.
  public func isEdited(around node: NodeID, since editCount: Int) -> Bool {
    changes.indices[editCount...].contains { change in
      var container = node.index
      while container != root.index {
        container = nodes[Int(container)].parent
        if container == changes[change].container.index { return true }
      }
      return false
    }
  }

  /// What a change of this document was.
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
      nameMembers.contains(where: { isNamed(member, $0) })
    {
      let element = path[path.count - 2]
      path[path.count - 2] = Step(member: element.member, index: element.index, elementName: nil)
    }
    return namedPointer(path)
  }

  /// The names by which the elements of an added list are found, as it was when it was added; empty
  /// when one has none, or no list was added.
  package func elementNames(_ change: Change) -> [String] {
    guard case .node(let list)? = change.after, nodes[Int(list)].kind == .array else { return [] }
    var (count, names): (Int, [String]) = (0, [])
    forEachScanned(of: list) { _, element in
      count += 1
      if let name = scannedName(of: element) { names.append(text(name)) }
    }
    return names.count == count ? names : []
  }

  private func scannedName(of element: UInt32) -> UInt32? {
    guard nodes[Int(element)].kind == .object else { return nil }
    for name in nameMembers {
      var found: UInt32?
      forEachScanned(of: element) { nameNode, value in
        guard let nameNode, isNamed(nameNode, name), nodes[Int(value)].kind == .string else {
          return
        }
        found = value
      }
      if let found { return found }
    }
    return nil
  }

  private func text(_ text: Change.Text) -> String {
    switch text {
    case .node(let node): spelling(node)
    case .rendered(let text): text
    }
  }
}
