import LawTesting
import LosslessJSON
import LosslessYAML
import Testing

@Suite struct CorpusReadingTests {
  @Test(.enabled(if: PyYAML.isAvailable, "Python has no PyYAML: run Tests/install-tools.sh"))
  func valuesAreThoseThatPyYAMLReads() throws {
    let texts = Corpus.files.map { String(decoding: $0.bytes, as: UTF8.self) }
    for (file, expected) in zip(Corpus.files, try PyYAML.values(of: texts)) {
      let document = try Document(yaml: file.bytes)
      let value = document.value(document.root)
      #expect(expected.map { value.isEquivalent(to: $0) } ?? false, "\(file.name)")
      #expect(document.rendered() == file.bytes)
    }
  }

  /// JSON is also YAML, so both readers must find the same values at the same places.
  @Test func templatesInJSONReadAsYAMLAsWell() throws {
    for file in Corpus.jsonFiles {
      guard let json = try? Document(file.bytes) else { continue }
      let yaml = try Document(yaml: file.bytes)
      #expect(yaml.value(yaml.root).isEquivalent(to: json.value(json.root)), "\(file.name)")
      for node in json.values {
        let same = try #require(yaml.node(at: json.pointer(to: node)), "\(file.name)")
        #expect(yaml.offset(of: same) == json.offset(of: node), "\(file.name)")
        #expect(json.node(at: json.pointer(to: node)) == node)
      }
    }
  }
}
