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
  let before: String?
  let spelling: String?
  let after: Text?
  let reason: Edit.Reason
  package let node: NodeID
  package let container: NodeID
  let surroundings: Edit.Surroundings
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

  /// What a change of this document was.
  package func edit(_ change: Change) -> Edit {
    Edit(
      pointer: pointer(change.path), namedPointer: namedPointer(change.path),
      before: change.before, spelling: change.spelling, after: change.after.map { text($0) },
      reason: change.reason, node: change.node, container: change.container,
      surroundings: change.surroundings)
  }

  private func text(_ text: Change.Text) -> String {
    switch text {
    case .node(let node): spelling(node)
    case .rendered(let text): text
    }
  }
}
