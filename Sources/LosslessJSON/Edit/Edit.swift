/// One change of a document. The ordered list of edits is the heart of this package: the output
/// bytes, the report and the way back (uninject) are all views of it.
public struct Edit: Hashable, Sendable {
  /// Why an edit is made.
  public struct Reason: Hashable, Sendable {
    /// Name of the filter that asks for the edit.
    public var filter: String
    /// What it is good for: a clause for the report, without a full stop.
    public var text: String

    public init(filter: String, _ text: String) {
      self.filter = filter
      self.text = text
    }
  }

  /// What stood around a removed or first child: what taking the edit back needs so that every
  /// byte of white space returns.
  public struct Surroundings: Hashable, Sendable {
    /// Index among the container's children at the time of the edit.
    public var index: Int
    /// A removed member's name and colon as they were spelled.
    public var head: String?
    /// A removed child's separator from its neighbour; `nil` when a child was added. In YAML, the
    /// comments and blank lines that stay between them.
    public var gap: String?
    /// The white space before the closing bracket when the edit filled or emptied the container.
    /// In YAML, the empty container that the edit filled, such as ` []`.
    public var closing: String?

    public init(
      index: Int, head: String? = nil, gap: String? = nil, closing: String? = nil
    ) {
      self.index = index
      self.head = head
      self.gap = gap
      self.closing = closing
    }
  }

  /// Where, in the document as it stood after the edits before this one.
  public let pointer: JSONPointer
  /// The same place with elements called by name: see ``Document/namedPointer(to:)``.
  public let namedPointer: JSONPointer
  /// JSON text as it was spelled; `nil`: nothing stood there.
  public let before: String?
  /// What was replaced or removed as the document's syntax spells it: ``before`` in JSON. It is
  /// what ``Document/restore(_:to:because:)`` and its sibling for removed values take.
  public let spelling: String?
  /// JSON text; `nil`: the value is removed.
  public let after: String?
  public let reason: Reason
  /// The value that was added, took another's place, or was removed.
  public let node: NodeID
  /// The object or array in which it stands or stood.
  public let container: NodeID
  public let surroundings: Surroundings

  /// The name of this edit's operation in a JSON Patch (RFC 6902).
  public var operation: String {
    if before == nil { return "add" }
    return after == nil ? "remove" : "replace"
  }
}

extension Edit {
  /// The same edit of the value that the pointer's first token names.
  public var droppingFirstToken: Edit {
    Edit(
      pointer: JSONPointer(Array(pointer.tokens.dropFirst())),
      namedPointer: JSONPointer(Array(namedPointer.tokens.dropFirst())), before: before,
      spelling: spelling, after: after, reason: reason, node: node, container: container,
      surroundings: surroundings)
  }
}
