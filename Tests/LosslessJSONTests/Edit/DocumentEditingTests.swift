import LosslessJSON
import Testing

@Suite struct DocumentEditingTests {
  private static let reason = Edit.Reason(filter: "editing", "a test asks for it")

  @Test func recordsWhatItDoes() throws {
    var document = try document("{\"a\":{\"b\":[1, 2]}}")
    let array = try #require(document.node(at: JSONPointer(["a", "b"])))
    document.append("x", to: array, because: Self.reason)
    document.replace(document.elements(of: array)[0], with: 9, because: Self.reason)
    document.remove(document.elements(of: array)[1], because: Self.reason)
    document.set("c", to: .null, in: document.root, because: Self.reason)
    #expect(document.edits.map(\.operation) == ["add", "replace", "remove", "add"])
    #expect(document.edits.map(\.pointer.description) == ["/a/b/2", "/a/b/0", "/a/b/1", "/c"])
    #expect(document.edits.map(\.before) == [nil, "1", "2", nil])
    #expect(document.edits.map(\.after) == ["\"x\"", "9", nil, "null"])
    #expect(text(document) == "{\"a\":{\"b\":[9, \"x\"]},\"c\":null}")
  }

  @Test func makesNoEditWithoutAChange() throws {
    var document = try document("{\"a\":[\"\\u0061\"]}")
    #expect(document.set("a", to: ["a"], in: document.root, because: Self.reason) == nil)
    #expect(document.edits.isEmpty)
    #expect(document.set("a", to: ["b"], in: document.root, because: Self.reason) != nil)
  }

  @Test func setFindsTheNameHoweverItIsSpelled() throws {
    var document = try document("{\"\\u0063pu\" : \"256\"}")
    document.set("cpu", to: "512", in: document.root, because: Self.reason)
    #expect(text(document) == "{\"\\u0063pu\" : \"512\"}")
  }

  @Test func removesFromEveryPlace() throws {
    let rests = ["[\n  2,\n  3 ]", "[\n  1,\n  3 ]", "[\n  1,\n  2 ]"]
    for (index, rest) in rests.enumerated() {
      var document = try document("[\n  1,\n  2,\n  3 ]")
      document.remove(document.elements(of: document.root)[index], because: Self.reason)
      #expect(text(document) == rest)
    }
  }

  @Test func emptiesAndFillsAgain() throws {
    var document = try document("[ 1 ]")
    document.remove(document.elements(of: document.root)[0], because: Self.reason)
    #expect(text(document) == "[]")
    document.append(2, to: document.root, because: Self.reason)
    document.insert(1, at: 0, in: document.root, because: Self.reason)
    #expect(text(document) == "[ 1, 2 ]")
  }

  @Test func pointsToTheContainerOfWhatIsGone() throws {
    var document = try document("{\"a\":[{\"b\":1}]}")
    let gone = try #require(document.node(at: JSONPointer(["a", "0", "b"])))
    let element = try #require(document.node(at: JSONPointer(["a", "0"])))
    document.remove(element, because: Self.reason)
    #expect(document.pointer(to: gone).description == "/a")
  }

  @Test func printsBeforeAsItStoodInTheDocument() throws {
    var document = try document("{\n  \"a\": 1\n}")
    document.set("x", to: ["y": [1]], in: document.root, because: Self.reason)
    let added = try #require(document.member("x", of: document.root))
    document.remove(added, because: Self.reason)
    #expect(document.edits[1].before == "{\n    \"y\": [\n      1\n    ]\n  }")
    #expect(text(document) == "{\n  \"a\": 1\n}")
  }

  private func document(_ text: String) throws -> Document { try Document(Array(text.utf8)) }

  private func text(_ document: Document) -> String {
    String(decoding: document.rendered(), as: UTF8.self)
  }
}
