internal import LosslessJSON

/// What edits of YAML can meet.
extension EditRefusal.Obstacle {
  static let alias = Self(
    "alias", "an alias stands here, so the edit would change the place of its anchor, too",
    fix: "write the value itself in place of the alias")
  static let anchor = Self(
    "anchor",
    "this has an anchor, and an alias elsewhere stands for it, so the edit would change "
      + "that place, too",
    fix: "write the value itself in place of the alias, and remove the anchor")
  static let tag = Self(
    "tag", "this has a tag, which says what its content must look like, so nothing is added to it",
    fix: "move the value out of the tag, or make the edit by hand")
  static let mergeKey = Self(
    "merge-key", "this mapping takes members from another with '<<', which the edit could hide",
    fix: "write the members themselves in place of '<<'")
  static let duplicateKey = Self(
    "duplicate-key",
    "a key stands twice in this mapping, and its readers disagree on which value counts",
    fix: "remove one of them")
  static let flowOverLines = Self(
    "flow-over-lines", "these brackets span several lines, where nothing can be inserted neatly",
    fix: "write the value on one line, or without brackets: a line for each key or dash")
  static let properties = Self(
    "anchored-brackets", "an anchor stands before these brackets", fix: "remove the anchor")
  static let irregular = Self(
    "irregular-layout", "this is laid out in a way in which nothing can be inserted safely",
    fix: "begin a line with each key or dash, and write 'key: value' on it")
  static let missingLineEnd = Self(
    "missing-line-end",
    "the text ends within a block of text, which would get a line end more by the edit",
    fix: "end the last line with a line end, or write '|-' or '>-'")
  static let secondDocument = Self(
    "second-document", "a second document begins here, and only files of one document are edited",
    fix: "put each document into a file of its own")
  static let lineEnds = Self(
    "line-ends", "this line ends in a way that is neither LF nor CR LF",
    fix: "convert the file's line ends, or write such characters as escapes in double quotes")
  static let meaning = Self(
    "changed-meaning", "without the removed value the text around it would mean something else",
    fix: "remove the value by hand")
}
