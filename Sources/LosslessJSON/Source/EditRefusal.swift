/// An edit that the document's text can't take: it would change another place as well, or can't be
/// written safely where it belongs.
public struct EditRefusal: Error, Hashable, Sendable {
  /// What is in the way.
  public struct Obstacle: Hashable, Sendable {
    /// Stable name in kebab-case.
    public let code: String
    /// What is wrong and what follows: one sentence without a full stop.
    public let text: String
    /// What to do about it, as an imperative without a full stop.
    public let fix: String

    package init(_ code: String, _ text: String, fix: String) {
      self.code = code
      self.text = text
      self.fix = fix
    }
  }

  public let obstacle: Obstacle
  /// Offset in bytes, in what was read, of the place that is in the way.
  public let offset: Int
  /// Why the edit was wanted; `nil` until the document knows.
  public let reason: Edit.Reason?

  package init(_ obstacle: Obstacle, at offset: Int, because reason: Edit.Reason? = nil) {
    self.obstacle = obstacle
    self.offset = offset
    self.reason = reason
  }
}

extension EditRefusal.Obstacle {
  static let narrowing = Self(
    "syntax-of-a-part", "a part of this document can't become the document: only JSON can do that",
    fix: "convert the document to JSON first, or print it with --output json")
}
