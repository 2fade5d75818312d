/// The text of a document in another syntax than JSON.
///
/// Such a document is read and edited as the compact JSON of its value, with the code and the list of
/// edits of JSON documents. Its text is changed with every edit, so it always has the document's
/// value.
///
/// The methods are called before the document makes the edit. They throw if the text cannot take it,
/// and then leave the text unchanged. After the first refusal the text does not change any more: the
/// methods only look for further refusals.
package protocol SourceText: Sendable {
  /// The text with all edits.
  var bytes: [UInt8] { get }

  /// Offset of a value in what was read; `nil` for a value that an edit added.
  func inputOffset(of node: NodeID) -> Int?

  /// The current spelling of a value, from its dash or colon on.
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

  /// Reads the text again, or the part around a changed container that can be read alone.
  ///
  /// - Throws: if its value is not the document's.
  mutating func follow(_ document: Document, around container: NodeID) throws(Problem)

  /// The part of the text that an edit of a container can change.
  func excerpt(around container: NodeID, of document: Document) -> SourceExcerpt

  /// Undoes a failed edit.
  ///
  /// - Parameter document: the document from which the excerpt was taken.
  mutating func putBack(
    _ excerpt: SourceExcerpt, around container: NodeID, of document: Document)
}

/// The text that a removal took out.
package struct RemovedText: Sendable {
  package let text: String
  /// The text that stays between the removed child and the child before it.
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
  /// Length of the whole text.
  package let total: Int

  package init(range: Range<Int>, bytes: [UInt8], total: Int) {
    self.range = range
    self.bytes = bytes
    self.total = total
  }
}
