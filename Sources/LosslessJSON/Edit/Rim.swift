/// Whitespace trivia inside a container's brackets, where an edit sets it.
struct Rim: Sendable {
  /// Behind the opening bracket.
  var lead: Range<Int>?
  /// Before the closing bracket.
  var closing: Range<Int>?
  /// Between the brackets while the container has no children.
  var hollow: Range<Int>?
}

/// Trivia that connects a child to its container, where it can be neither copied nor generated.
struct Joint: Sendable {
  /// The member's name and colon.
  var head: Range<Int>?
  /// The separator with its comma. It is printed while another child stands before this one.
  var gap: Range<Int>?
}
