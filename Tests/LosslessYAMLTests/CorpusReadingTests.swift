import LosslessJSON
import LosslessYAML
import Testing

@Suite(.enabled(if: !Corpus.files.isEmpty && PyYAML.isAvailable, "needs ../shared and PyYAML"))
struct CorpusReadingTests {
  @Test func valuesAreThoseThatPyYAMLReads() throws {
    let texts = Corpus.files.map { String(decoding: $0.bytes, as: UTF8.self) }
    for (file, expected) in zip(Corpus.files, try PyYAML.values(of: texts)) {
      let document = try Document(yaml: file.bytes)
      let value = document.value(document.root)
      #expect(expected.map { value.isEquivalent(to: $0) } ?? false, "\(file.name)")
      #expect(document.rendered() == file.bytes)
    }
  }
}
