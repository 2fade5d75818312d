/// The reason why an edit cannot be made: it would change another place too, cannot be written safely at its
/// place, or refers to a place that does not exist. Provides the sentences of ``Rule/unsafeEdit``.
package struct EditObstacle: Hashable, Sendable {
  package let text: Wording
  package let fix: Wording

  package init(_ text: Wording, fix: Wording) {
    self.text = text
    self.fix = fix
  }
}

extension Rule {
  public static let unsafeEdit = error(
    "unsafe-edit", "The layout of the document does not allow an edit at this place.",
    fix: "In YAML, write the value in block style, without an alias.")
}

extension Problem {
  /// - Parameter offset: the byte offset in the input of the place that prevents the edit.
  package init(_ obstacle: EditObstacle, at offset: Int) {
    self.init(
      .unsafeEdit, text: obstacle.text, fix: obstacle.fix, at: Place(offset: offset))
  }
}

extension EditObstacle {
  static let narrowing = Self(
    "Only in JSON can a part of a document become the document.",
    fix: "Convert the document to JSON first.")
  static let wholeDocument = Self(
    "An edit would replace or remove the whole document.",
    fix: "Name a value inside the document.")
  static let missingPlace = Self(
    "An edit names a value that is not part of the document, or a container of another kind.",
    fix: "Name an object for a member, an array for an element, and a value that exists.")
}
