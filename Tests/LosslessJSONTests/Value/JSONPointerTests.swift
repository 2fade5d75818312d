import LosslessJSON
import Testing

@Suite struct JSONPointerTests {
  /// RFC 6901, section 5.
  @Test(
    arguments: [
      ("", nil), ("/foo/0", "\"bar\""), ("/foo/1", "\"baz\""), ("/", "0"), ("/a~1b", "1"),
      ("/c%d", "2"), ("/e^f", "3"), ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"),
      ("/m~0n", "8"), ("/~01", "9"), ("/\u{301}", "10"),
    ] as [(String, String?)])
  func findsTheValue(_ text: String, _ value: String?) throws {
    let source = #"""
      {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8,
      "~1":9,"\u0301":10}
      """#
    let document = try Document(Array(source.utf8))
    let pointer = try #require(JSONPointer(parsing: text))
    #expect(Array(pointer.description.utf8) == Array(text.utf8))
    let node = try #require(document.node(at: pointer))
    #expect(document.pointer(to: node) == pointer)
    if let value { #expect(document.value(node).compactText == value) }
  }

  @Test(arguments: ["/2", "/-", "/01", "/+1", "/-0", "/ 1", "/1.0", "/", "/a", "/0/a"])
  func findsNothing(_ text: String) throws {
    let document = try Document(Array("[0,1]".utf8))
    #expect(document.node(at: try #require(JSONPointer(parsing: text))) == nil)
  }

  @Test(arguments: ["a", "a/b", " /a", "/~", "/~2", "/a~"])
  func refuses(_ text: String) {
    #expect(JSONPointer(parsing: text) == nil)
  }

  @Test func growsByTokens() {
    #expect((JSONPointer() / "a/b" / 0 / "~").description == "/a~1b/0/~0")
    #expect(JSONPointer(["é"]) != JSONPointer(["e\u{301}"]))
  }
}
