import LosslessJSON
import Testing

@testable import LosslessYAML

/// Laws that hold for every text and every sequence of edits.
@Suite struct EditLawTests {
  @Test(.enabled(if: !Corpus.files.isEmpty && PyYAML.isAvailable, "needs ../shared and PyYAML"))
  func lawsHoldForEveryTemplate() throws {
    try check(Corpus.files.flatMap { file in (0..<2).map { (file.name, file.bytes, $0) } })
  }

  @Test(.enabled(if: PyYAML.isAvailable, "needs PyYAML"))
  func lawsHoldForEveryLayout() throws {
    try check(
      Layouts.all.flatMap { text in
        (0..<60).map { (text.debugDescription, Array(text.utf8), $0) }
      })
  }

  private func check(_ cases: [(name: String, bytes: [UInt8], seed: Int)]) throws {
    var rendered: [(String, JSONValue)] = []
    var refused = 0
    for (name, bytes, seed) in cases {
      let comment = Comment(rawValue: "\(name), seed \(seed)")
      var random = SeededRandom(seed: seed)
      var document = try Document(yaml: bytes)
      var expected = document.value(document.root)
      for _ in 0..<Int.random(in: 1..<10, using: &random) {
        var (edited, value) = (document, expected)
        edited.editSomewhere(&random, &value)
        if edited.refusals.isEmpty { (document, expected) = (edited, value) } else { refused += 1 }
      }
      let text = String(decoding: document.rendered(), as: UTF8.self)
      rendered.append((text, expected))
      guard var output = try? Document(yaml: document.rendered()) else {
        Issue.record("\(comment): no YAML: \(text.debugDescription)")
        continue
      }
      #expect(output.value(output.root).isEquivalent(to: expected), comment)
      expectComments(of: bytes, in: document, comment)
      do {
        try output.takeBack(document.edits)
      } catch {
        Issue.record("\(comment): \(error) \(text.debugDescription)")
      }
      #expect(output.refusals.isEmpty, comment)
      #expect(output.rendered() == bytes, "\(comment): \(text.debugDescription)")
    }
    let values = try PyYAML.values(of: rendered.map(\.0))
    for (index, (text, expected)) in rendered.enumerated() {
      let isSame = values[index].map { $0.isEquivalent(to: expected) } ?? false
      #expect(isSame, "\(cases[index].name), seed \(cases[index].seed): \(text.debugDescription)")
    }
    print("\(cases.count) cases, \(refused) edits refused")
  }

  /// Comments stay, unless they stood inside a value that an edit took.
  private func expectComments(of bytes: [UInt8], in document: Document, _ comment: Comment) {
    let taken = document.edits.compactMap(\.spelling).joined(separator: "\n")
    let left = String(decoding: document.rendered(), as: UTF8.self) + taken
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("#") { #expect(left.contains(text), comment) }
    }
  }
}
