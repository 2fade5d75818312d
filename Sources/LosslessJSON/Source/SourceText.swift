/// The text of a document in another syntax than JSON.
///
/// Such a document is read and edited as the compact JSON of its value, by the same code and with
/// the same list of edits. Its text follows every edit at once, so that it always is the document.
///
/// The methods are told of an edit before the document makes it. They throw when the text can't
/// take it, and then leave the text as it is. After the first refusal of a document the text
/// changes no more; methods then only look for further refusals.
package protocol SourceText: Sendable {
  /// The text with all edits.
  var bytes: [UInt8] { get }

  /// Where a value begins in what was read; `nil` for what an edit made.
  func inputOffset(of node: NodeID) -> Int?

  /// How the value is spelled now, with what connects it to its name or place.
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

  /// Brings the text of a removed child back.
  ///
  /// - Returns: the child's value as JSON.
  mutating func restore(
    _ removed: RemovedText, at index: Int, in container: NodeID, of document: Document
  ) throws(Problem) -> String

  /// Gives a value, or a container without children, an earlier spelling.
  ///
  /// - Returns: the value as JSON.
  mutating func restore(
    _ spelling: String, of node: NodeID, in document: Document
  ) throws(Problem) -> String

  /// Reads the text again, or as much around a changed container as tells what all of it means.
  ///
  /// - Throws: when its value is not the document's.
  mutating func follow(_ document: Document, around container: NodeID) throws(Problem)

  /// What an edit of a container can change, to be put back if it fails.
  func excerpt(around container: NodeID, of document: Document) -> SourceExcerpt

  /// - Parameter document: as it was when the excerpt was taken.
  mutating func putBack(
    _ excerpt: SourceExcerpt, around container: NodeID, of document: Document)
}

/// What a removal took out of a text.
package struct RemovedText: Sendable {
  package let text: String
  /// What stays between the place of the removed text and the child before it.
  package let gap: String

  package init(text: String, gap: String) {
    self.text = text
    self.gap = gap
  }
}

/// A part of a text.
package struct SourceExcerpt: Sendable {
  package let range: Range<Int>
  package let bytes: [UInt8]
  /// How long the whole text is.
  package let total: Int

  package init(range: Range<Int>, bytes: [UInt8], total: Int) {
    self.range = range
    self.bytes = bytes
    self.total = total
  }
}
