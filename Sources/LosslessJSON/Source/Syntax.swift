/// What a document is written in. One word: documents are copied often.
indirect enum Syntax: Sendable {
  case json
  /// JSON with edits that could not be made.
  case refusedJSON([Problem])
  /// Another syntax; without its text while that is being changed.
  case other((any SourceText)?, refusals: [Problem])
}

extension Document {
  /// Edits that could not be made: the document's text could not take them, or they named a place
  /// that does not exist. While there is one, ``rendered()`` is not what was asked for: callers have
  /// to look here first.
  public var refusals: [Problem] {
    switch syntax {
    case .json: []
    case .refusedJSON(let refusals), .other(_, let refusals): refusals
    }
  }

  /// Notes an edit that was not made.
  mutating func refuse(_ obstacle: EditObstacle, at node: NodeID, _ reason: Edit.Reason) {
    var refusal = Problem(obstacle, at: offset(of: node))
    refusal.stage = reason.filter
    switch syntax {
    case .json: syntax = .refusedJSON([refusal])
    case .refusedJSON(let refusals): syntax = .refusedJSON(refusals + [refusal])
    case .other(let source, let refusals): syntax = .other(source, refusals: refusals + [refusal])
    }
  }

  /// The document's text when it is not JSON; every edit is made in it, too.
  package var source: (any SourceText)? {
    guard case .other(let source, _) = syntax else { return nil }
    return source
  }

  var isJSON: Bool {
    switch syntax {
    case .json, .refusedJSON: true
    case .other: false
    }
  }
}
