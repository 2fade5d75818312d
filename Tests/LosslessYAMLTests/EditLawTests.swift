import LawTesting
import LosslessJSON
import Surroundings
import Testing

@testable import LosslessYAML

/// Laws that hold for every text and every sequence of edits.
@Suite struct EditLawTests {
  @Test(.enabled(if: PyYAML.isAvailable, "Python has no PyYAML: run Tests/install-tools.sh"))
  func lawsHoldForEveryTemplate() throws {
    try check(Corpus.files.flatMap { file in (0..<2).map { (file.name, file.bytes, $0) } })
  }

  @Test(.enabled(if: PyYAML.isAvailable, "needs PyYAML"))
  func lawsHoldForEveryLayout() throws {
    try check(
      (Layouts.all + Layouts.resources).flatMap { text in
        SlowProofs.sample(upTo: 60).map { (text.debugDescription, Array(text.utf8), $0) }
      })
  }

  @Test(.enabled(if: PyYAML.isAvailable, "needs PyYAML"))
  func lawsHoldForMixedLineEnds() throws {
    try check(
      Layouts.mixed.flatMap { text in
        (0..<20).map { (text.debugDescription, Array(text.utf8), $0) }
      })
  }

  private func check(_ cases: [(name: String, bytes: [UInt8], seed: Int)]) throws {
    var rendered: [(text: String, value: JSONValue, comment: Comment)] = []
    for (name, bytes, seed) in cases {
      let (document, value) = try edited(bytes, seed)
      let text = String(decoding: document.rendered(), as: UTF8.self)
      let comment = Comment(rawValue: "\(name), seed \(seed): \(text.debugDescription)")
      rendered.append((text, value, comment))
      expectComments(of: bytes, in: document, comment)
      #expect(throws: Never.self, comment) {
        var output = try Document(yaml: document.rendered())
        #expect(output.value(output.root).isEquivalent(to: value), comment)
        try output.takeBack(document.edits)
        #expect(output.refusals.isEmpty, comment)
        #expect(output.rendered() == bytes, comment)
      }
    }
    for (read, expected) in zip(try PyYAML.values(of: rendered.map(\.text)), rendered) {
      #expect(read?.isEquivalent(to: expected.value) ?? false, expected.comment)
    }
  }

  /// - Returns: a document after some accepted edits, and the value that it must have.
  private func edited(_ bytes: [UInt8], _ seed: Int) throws -> (Document, JSONValue) {
    var random = Seed(seed)
    var document = try Document(yaml: bytes)
    var expected = document.value(document.root)
    for _ in 0..<Int.random(in: 1..<10, using: &random) {
      var (edited, value) = (document, expected)
      edited.editSomewhere(&random, &value)
      if edited.refusals.isEmpty { (document, expected) = (edited, value) }
    }
    return (document, expected)
  }

  /// Expects that comments stay, unless they are inside a value that an edit removed.
  private func expectComments(of bytes: [UInt8], in document: Document, _ comment: Comment) {
    let taken = document.edits.compactMap(\.spelling).joined(separator: "\n")
    let left = String(decoding: document.rendered(), as: UTF8.self) + taken
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("#") { #expect(left.contains(text), comment) }
    }
  }
}
