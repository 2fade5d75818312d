/// An edit that was not made: it would change another place as well, cannot be written safely where
/// it belongs, or names a place that does not exist.
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
    fix: "convert the document to JSON first")
  static let wholeDocument = Self(
    "whole-document", "an edit would replace or remove the whole document",
    fix: "name a value inside the document")
  static let missingPlace = Self(
    "missing-place",
    "an edit names a value that is not part of the document, or a container of another kind",
    fix: "name an object for a member, an array for an element, and a value that exists")
}
