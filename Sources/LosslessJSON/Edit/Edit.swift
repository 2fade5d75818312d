/// One change of a document. The output bytes, the report and the ledger of this package are views of
/// the ordered list of edits.
public struct Edit: Hashable, Sendable {
  /// Why an edit is made.
  public struct Reason: Hashable, Sendable {
    /// Name of the filter that asks for the edit.
    public var filter: String
    /// Why the filter asks for it: a clause for the report, without a full stop.
    public var text: String

    public init(filter: String, _ text: String) {
      self.filter = filter
      self.text = text
    }
  }

  /// The trivia around a removed or first child. Whoever takes the edit back needs it to restore
  /// every byte of whitespace.
  public struct Surroundings: Hashable, Sendable {
    /// Index among the container's children at the time of the edit.
    public var index: Int
    /// A removed member's name and colon as they were spelled.
    public var nameSpelling: String?
    /// A removed child's separator from its neighbour; `nil` if the edit added a child. In YAML, the
    /// comments and blank lines that stay between them.
    public var separator: String?
    /// The whitespace before the closing bracket if the edit filled or emptied the container. In
    /// YAML, the empty container that the edit filled, such as ` []`.
    public var suffix: String?

    public init(
      index: Int, nameSpelling: String? = nil, separator: String? = nil, suffix: String? = nil
    ) {
      self.index = index
      self.nameSpelling = nameSpelling
      self.separator = separator
      self.suffix = suffix
    }
  }

  /// Where, in the document after the edits before this one.
  public let pointer: JSONPointer
  /// The same place, with the names of elements instead of indices: see ``Document/namedPointer(to:)``.
  public let namedPointer: JSONPointer
  /// The JSON text as it was spelled; `nil` if there was no value.
  public let before: String?
  /// The replaced or removed value as the document's syntax spells it: ``before`` in JSON.
  /// ``Document/restore(_:to:because:)`` and its sibling for removed values take it.
  public let spelling: String?
  /// The JSON text; `nil` if the edit removed the value.
  public let after: String?
  public let reason: Reason
  /// The value that was added or removed, or that replaced another.
  public let node: NodeID
  /// The object or array that contains or contained the value.
  public let container: NodeID
  public let surroundings: Surroundings

  /// The name of this edit's operation in a JSON Patch (RFC 6902).
  public var operation: String {
    if before == nil { return "add" }
    return after == nil ? "remove" : "replace"
  }
}

extension Edit {
  /// The edit as an edit of the value that the pointer's first token names.
  public var droppingFirstToken: Edit {
    Edit(
      pointer: JSONPointer(Array(pointer.tokens.dropFirst())),
      namedPointer: JSONPointer(Array(namedPointer.tokens.dropFirst())), before: before,
      spelling: spelling, after: after, reason: reason, node: node, container: container,
      surroundings: surroundings)
  }
}
