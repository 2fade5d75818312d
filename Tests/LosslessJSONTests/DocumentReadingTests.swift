import LosslessJSON
import Testing

@Suite struct DocumentReadingTests {
  private let document: Document

  init() throws {
    let text =
      #"{"n":null,"t":true,"i":-12,"f":1.50,"big":18446744073709551615,"s":"\u0061/é","a":[1,[]],"\u006f":{}}"#
    document = try Document(Array(text.utf8))
  }

  @Test(
    arguments: [
      ("n", .null), ("t", .bool), ("i", .number), ("s", .string), ("a", .array), ("o", .object),
    ] as [(String, Document.Kind)])
  func knowsKinds(_ name: String, _ kind: Document.Kind) throws {
    #expect(document.kind(of: try member(name)) == kind)
  }

  @Test func readsScalars() throws {
    #expect(document.bool(try member("t")) == true)
    #expect(document.integer(try member("i")) == -12)
    #expect(document.integer(try member("f")) == nil)
    #expect(document.integer(try member("big")) == nil)
    #expect(document.string(try member("s")) == "a/é")
    #expect(document.value(try member("f")) == .number("1.50"))
  }

  @Test func hasNothingOfTheWrongKind() throws {
    let array = try member("a")
    #expect(document.bool(array) == nil && document.integer(array) == nil)
    #expect(document.string(array) == nil && document.member("n", of: array) == nil)
    #expect(document.members(of: array).isEmpty && document.elements(of: document.root).isEmpty)
    #expect(document.elements(of: array).map { document.value($0) } == [1, []])
    #expect(document.member("x", of: document.root) == nil)
  }

  @Test func listsMembersInOrderWithTheirText() {
    let names = document.members(of: document.root).map(\.name)
    #expect(names == ["n", "t", "i", "f", "big", "s", "a", "o"])
  }

  @Test func givesAnAddedValueTheOffsetOfItsContainer() throws {
    var document = document
    let array = try member("a")
    let added = document.append(["x": 1], to: array, because: .init(filter: "", ""))
    let inner = try #require(document.member("x", of: added))
    #expect(document.offset(of: inner) == document.offset(of: array))
  }

  private func member(_ name: String) throws -> NodeID {
    try #require(document.member(name, of: document.root))
  }
}
