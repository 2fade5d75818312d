import LosslessJSON
import Testing

@Suite struct DocumentTextsTests {
  private let document: Document

  init() throws {
    let text = #"{"a/x":"web","\u0061/y":"\u0077eb","b/x":1,"a":[]}"#
    document = try Document(Array(text.utf8))
  }

  @Test(arguments: [("a/x", true), ("a/y", true), ("b/x", false), ("a", false)])
  func testsTheTextOfStrings(name: String, isWeb: Bool) throws {
    let node = try #require(document.member(name, of: document.root))
    #expect(document.isString(node) { $0.elementsEqual("web".utf8) } == isWeb)
  }

  @Test func findsMembersByTheirPrefix() throws {
    let names = document.members(of: document.root, withPrefix: "a/").map(\.name)
    #expect(names == ["a/x", "a/y"])
    let list = try #require(document.member("a", of: document.root))
    #expect(document.members(of: list, withPrefix: "").isEmpty)
  }

  @Test func findsMembersThatAnEditMade() throws {
    var document = document
    let reason = Edit.Reason(filter: "test", "because")
    document.set("a/z", to: "new", in: document.root, because: reason)
    let members = document.members(of: document.root, withPrefix: "a/")
    #expect(members.map(\.name) == ["a/x", "a/y", "a/z"])
    #expect(members.last.map { document.string($0.value) } == "new")
  }
}
