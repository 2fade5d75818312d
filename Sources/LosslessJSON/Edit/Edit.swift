/// One change of a document. The output bytes, the report and the ledger of this package are all derived from
/// the ordered list of edits.
public struct Edit: Hashable, Sendable {
  /// The reason for an edit.
  public struct Reason: Hashable, Sendable {
    /// The name of the filter that makes the edit.
    public var filter: String
    /// The reason as a clause for the report, without a full stop.
    public var text: String

    public init(filter: String, _ text: String) {
      self.filter = filter
      self.text = text
    }
  }

  /// The trivia around a removed or first child. It is needed to undo the edit without changing
  /// whitespace.
  public struct Surroundings: Hashable, Sendable {
    /// Index among the container's children at the time of the edit.
    public var index: Int
    /// The spelling of a removed member's name and colon.
    public var nameSpelling: String?
    /// A removed child's separator from its neighbor, or `nil` if the edit added a child. In YAML, the
    /// comments and blank lines that remain between them.
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

  /// The place, in the document after all earlier edits.
  public let pointer: JSONPointer
  /// The same place, with the names of elements instead of indices: see ``Document/namedPointer(to:)``.
  public let namedPointer: JSONPointer
  /// The original JSON text, or `nil` if there was no value.
  public let before: String?
  /// The spelling of the replaced or removed value in the document's syntax, which is ``before`` in JSON.
  /// ``Document/restore(_:to:because:)`` and the method for removed values take it.
  public let spelling: String?
  /// The new JSON text, or `nil` if the edit removed the value.
  public let after: String?
  public let reason: Reason
  /// The value that was added or removed, or that replaced another one.
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
  /// The same edit, relative to the value that the first token of the pointer names.
  public var droppingFirstToken: Edit {
    Edit(
      pointer: JSONPointer(Array(pointer.tokens.dropFirst())),
      namedPointer: JSONPointer(Array(namedPointer.tokens.dropFirst())), before: before,
      spelling: spelling, after: after, reason: reason, node: node, container: container,
      surroundings: surroundings)
  }
}
