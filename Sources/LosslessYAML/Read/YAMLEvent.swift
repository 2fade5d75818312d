/// What libyaml reports of a text, piece by piece.
struct YAMLEvent {
  enum Content {
    case stream
    case document
    case alias(String)
    case scalar(String, ScalarStyle)
    case sequence(isFlow: Bool)
    case mapping(isFlow: Bool)
    /// Of a sequence, mapping or document.
    case end
    case streamEnd
  }

  let content: Content
  /// Offsets in bytes. A value begins with its anchor and tag.
  let start: Int
  let end: Int
  let anchor: String?
  let tag: String?
}

enum ScalarStyle {
  case plain, quoted
  /// Behind `|` or `>`.
  case block
}
