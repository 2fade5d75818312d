import LosslessJSON
import LosslessYAML
import Testing

/// YAML has five spellings of null. Each gets restored.
@Suite struct NullTests {
  private static let reason = Edit.Reason(filter: "test", "a test asks for it")

  @Test(
    arguments: ["", " ~", " Null", " NULL", " null", "  null", " # comment", " ~ # comment"],
    ["\n", "\r\n", "\nd: 1\n", "\r\nd: 1\r\n", ""])
  func nullsComeBack(_ spelling: String, _ end: String) throws {
    for input in ["a: 1\nb:\(spelling)\(end)", "a:\n  b:\(spelling)\(end)", "- 1\n-\(spelling)"] {
      try expectReturn(of: input)
    }
  }

  private func expectReturn(of input: String) throws {
    for value: JSONValue in [[["x": 1]], ["x": [1]], "text", []] {
      var document = try Document(yaml: Array(input.utf8))
      let node = try #require(null(in: document, document.root))
      let new = document.replace(node, with: value, because: Self.reason)
      let place = document.pointer(to: try #require(new))
      let spelling = try #require(document.edits.last?.spelling)
      var edited = try Document(yaml: document.rendered())
      let filled = try #require(edited.node(at: place))
      edited.restore(filled, toNull: spelling, because: Self.reason)
      #expect(edited.refusals.isEmpty)
      #expect(String(decoding: edited.rendered(), as: UTF8.self) == input)
    }
  }

  private func null(in document: Document, _ node: NodeID) -> NodeID? {
    if document.kind(of: node) == .null { return node }
    let inner = document.elements(of: node) + document.values(of: node)
    return inner.lazy.compactMap { null(in: document, $0) }.first
  }

  @Test(arguments: [" 1", " [1]", "\n  x: 1", " *x", ": :"])
  func otherTextsLeaveAPlainNull(_ text: String) throws {
    var document = try Document(yaml: Array("a: [1]\nb: 2\n".utf8))
    let node = try #require(document.member("a", of: document.root))
    document.restore(node, toNull: text, because: Self.reason)
    #expect(document.refusals.isEmpty)
    #expect(document.rendered() == Array("a: null\nb: 2\n".utf8))
  }
}
