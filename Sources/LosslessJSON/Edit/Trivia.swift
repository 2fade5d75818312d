/// Whitespace trivia that edits set, where it can be neither copied from what was read nor generated.
/// Ranges are offsets in the document's bytes.
struct Trivia: Sendable {
  /// Trivia inside the brackets of containers, keyed by node.
  var containers: [UInt32: OfContainer] = [:]
  /// Trivia between values and their containers, keyed by the value's node.
  var children: [UInt32: OfChild] = [:]

  struct OfContainer {
    /// Behind the opening bracket.
    var prefix: Range<Int>?
    /// Before the closing bracket.
    var suffix: Range<Int>?
    /// Between the brackets while the container has no children.
    var interior: Range<Int>?
  }

  struct OfChild {
    /// The member's name and colon.
    var name: Range<Int>?
    /// The comma with its trivia. It is printed while another child precedes this one.
    var separator: Range<Int>?
  }
}
