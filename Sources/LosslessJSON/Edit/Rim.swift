/// White space inside a container's brackets where an edit says what it is.
struct Rim: Sendable {
  /// Behind the opening bracket.
  var lead: Range<Int>?
  /// Before the closing bracket.
  var closing: Range<Int>?
  /// Between the brackets while the container has no children.
  var hollow: Range<Int>?
}
