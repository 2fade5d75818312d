/// White space inside a container's brackets where an edit says what it is.
struct Rim: Sendable {
  /// Behind the opening bracket.
  var lead: Range<Int>?
  /// Before the closing bracket.
  var closing: Range<Int>?
  /// Between the brackets while the container has no children.
  var hollow: Range<Int>?
}

/// Bytes that connect a value to its container, where they are not to be found or made up.
struct Joint: Sendable {
  /// The member's name and colon.
  var head: Range<Int>?
  /// The separator, comma included. It counts while another child stands before this one.
  var gap: Range<Int>?
}
