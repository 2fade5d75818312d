import LosslessJSON
import Testing

@Suite struct DocumentRestoringTests {
  private static let reason = Edit.Reason(filter: "restoring", "a test asks for it")

  @Test func bringsBackSpellingPlaceAndWhiteSpace() throws {
    var document = try Document(Array("{ \"a\": 1 }".utf8))
    try document.restore(
      "b", "[ 1.0,\n2 ]",
      .init(index: 0, nameSpelling: "\"\\u0062\" :", separator: " ,\t"), in: document.root,
      because: Self.reason)
    #expect(text(document) == "{ \"\\u0062\" :[ 1.0,\n2 ] ,\t\"a\": 1 }")
  }

  /// The recorded surroundings may no longer fit if somebody has edited the document.
  @Test(
    arguments: [
      ("[]", ", ", nil, "[9]"), ("[1]", " ", " ", "[9, 1]"), ("[1]", nil, nil, "[9, 1]"),
      ("[ ]", " ", "  ", "[ 9  ]"), ("[]", nil, nil, "[9]"),
    ] as [(String, String?, String?, String)])
  func staysJSONWhereItDoesNotFit(
    _ input: String, _ separator: String?, _ suffix: String?, _ output: String
  ) throws {
    var document = try Document(Array(input.utf8))
    try document.restore(
      nil, " 9 ", .init(index: 0, separator: separator, suffix: suffix), in: document.root,
      because: Self.reason)
    #expect(text(document) == output)
  }

  @Test func clampsThePlace() throws {
    var document = try Document(Array("[1,2]".utf8))
    for index in [99, -1] {
      try document.restore(
        nil, "\(index)", .init(index: index), in: document.root, because: Self.reason)
    }
    #expect(text(document) == "[-1,1,2,99]")
  }

  @Test func editsNextToAndInsideWhatIsBack() throws {
    var document = try Document(Array("[]".utf8))
    let surroundings = Edit.Surroundings(index: 0, separator: " ", suffix: " ")
    try document.restore(nil, "{ }", surroundings, in: document.root, because: Self.reason)
    document.insert(1, at: 0, in: document.root, because: Self.reason)
    document.set("a", to: 2, in: document.elements(of: document.root)[1], because: Self.reason)
    #expect(text(document) == "[ 1, {\"a\": 2} ]")
    document.remove(document.elements(of: document.root)[0], because: Self.reason)
    #expect(text(document) == "[ {\"a\": 2} ]")
  }

  @Test func bringsBackIntoWhatAnEditMade() throws {
    var document = try Document(Array("{\n  \"a\": 1\n}".utf8))
    document.set("x", to: ["y": []], in: document.root, because: Self.reason)
    let array = try #require(document.node(at: JSONPointer(["x", "y"])))
    try document.restore(nil, "[ 1 ]", .init(index: 0), in: array, because: Self.reason)
    #expect(
      text(document) == "{\n  \"a\": 1,\n  \"x\": {\n    \"y\": [\n      [ 1 ]\n    ]\n  }\n}")
  }

  @Test func givesAValueItsSpellingBack() throws {
    var document = try Document(Array("[ 1 ]".utf8))
    try document.restore(document.elements(of: document.root)[0], to: "1.0", because: Self.reason)
    #expect(text(document) == "[ 1.0 ]")
  }

  @Test(arguments: ["x", " ,", "[]", "\u{A0}"])
  func setsOnlyWhiteSpaceInEmptyContainers(_ suffix: String) throws {
    var document = try Document(Array("[ 1 ]".utf8))
    document.remove(document.elements(of: document.root)[0], because: Self.reason)
    document.setInterior("\n ", of: document.root)
    #expect(text(document) == "[\n ]")
    document.setInterior(suffix, of: document.root)
    #expect(text(document) == "[]")
    document.append(1, to: document.root, because: Self.reason)
    #expect(text(document) == "[ 1 ]")
  }

  @Test(
    arguments: [
      ("b", "1 2", .init(index: 0)), ("b", "", .init(index: 0)),
      ("b", "1", .init(index: 0, separator: "x")),
      ("b", "1", .init(index: 0, separator: ",,")),
      ("b", "1", .init(index: 0, separator: " ", suffix: "]")),
      ("b", "1", .init(index: 0, nameSpelling: "\"c\":")),
      ("b", "1", .init(index: 0, nameSpelling: "\"b\"")),
      ("b", "1", .init(index: 0, nameSpelling: "\"b\":1,\"c\":")),
      ("b", "1", .init(index: 0, nameSpelling: "\"b\":[")),
      ("b", "1", .init(index: 0, nameSpelling: "")), ("a", "1", .init(index: 0)),
      (nil, "1", .init(index: 0)),
      ("b\0", "1", .init(index: 0)), ("b\0", "1", .init(index: 0, nameSpelling: "\"b\\u0000\":")),
    ] as [(String?, String, Edit.Surroundings)])
  func refusesWhatWouldBreakTheDocument(
    _ name: String?, _ text: String, _ surroundings: Edit.Surroundings
  ) throws {
    var document = try Document(Array("{\"a\": 1}".utf8))
    #expect(throws: Problem.self) {
      try document.restore(name, text, surroundings, in: document.root, because: Self.reason)
    }
    #expect(document.edits.isEmpty)
    #expect(self.text(document) == "{\"a\": 1}")
  }

  private func text(_ document: Document) -> String {
    String(decoding: document.rendered(), as: UTF8.self)
  }
}
