/// What a document is written in. One word: documents are copied often.
indirect enum Syntax: Sendable {
  case json
  /// Another syntax; without its text while that is being changed.
  case other((any SourceText)?, refusals: [EditRefusal])
}

extension Document {
  /// Edits that the document's text could not take. While there is one, ``rendered()`` is not the
  /// document: callers have to look here first. Always empty for JSON.
  public var refusals: [EditRefusal] {
    guard case .other(_, let refusals) = syntax else { return [] }
    return refusals
  }

  /// The document's text when it is not JSON; every edit is made in it, too.
  package var source: (any SourceText)? {
    guard case .other(let source, _) = syntax else { return nil }
    return source
  }

  var isJSON: Bool {
    if case .json = syntax { true } else { false }
  }
}
