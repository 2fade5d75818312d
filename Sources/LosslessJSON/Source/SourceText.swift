/// The text of a document in a syntax other than JSON.
///
/// Such a document is stored and edited as the compact JSON of its value, with the same code and list of
/// edits as JSON documents. Every edit also changes its text, so the text always has the document's
/// value.
///
/// The methods are called before the document makes the edit. They throw if the text does not allow it, and
/// then leave the text unchanged. After the first refusal the text does not change any more, and the methods
/// only look for further refusals.
package protocol SourceText: Sendable {
  /// The text with all edits.
  var bytes: [UInt8] { get }

  /// The offset of a value in the input, or `nil` for a value that an edit added.
  func inputOffset(of node: NodeID) -> Int?

  /// The current spelling of a value, starting with its dash or colon.
  func spelling(of node: NodeID, in document: Document) -> String

  mutating func insert(
    _ child: Child, at index: Int, in container: NodeID, of document: Document
  ) throws(Problem)

  mutating func replace(
    _ node: NodeID, with new: NodeID, of document: Document
  ) throws(Problem)

  mutating func remove(
    at index: Int, in container: NodeID, of document: Document
  ) throws(Problem) -> RemovedText

  /// Restores the text of a removed child.
  ///
  /// - Returns: the child's value as JSON.
  mutating func restore(
    _ removed: RemovedText, at index: Int, in container: NodeID, of document: Document
  ) throws(Problem) -> String

  /// Restores an earlier spelling of a value, or of a container without children.
  ///
  /// - Returns: the value as JSON.
  mutating func restore(
    _ spelling: String, of node: NodeID, in document: Document
  ) throws(Problem) -> String

  /// Reads the text again, or a part around a changed container that can be read separately.
  ///
  /// - Throws: a problem if its value is not the document's value.
  mutating func follow(_ document: Document, around container: NodeID) throws(Problem)

  /// The part of the text that an edit of a container can change.
  func excerpt(around container: NodeID, of document: Document) -> SourceExcerpt

  /// Undoes a failed edit.
  ///
  /// - Parameter document: the document from which the excerpt was taken.
  mutating func putBack(
    _ excerpt: SourceExcerpt, around container: NodeID, of document: Document)
}

/// The text that a removal deleted.
package struct RemovedText: Sendable {
  package let text: String
  /// The text that remains between the removed child and the previous child.
  package let separator: String

  package init(text: String, separator: String) {
    self.text = text
    self.separator = separator
  }
}

/// A part of a text.
package struct SourceExcerpt: Sendable {
  package let range: Range<Int>
  package let bytes: [UInt8]
  /// The length of the whole text.
  package let total: Int

  package init(range: Range<Int>, bytes: [UInt8], total: Int) {
    self.range = range
    self.bytes = bytes
    self.total = total
  }
}
