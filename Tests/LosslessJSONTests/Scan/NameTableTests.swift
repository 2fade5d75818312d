import LosslessJSON
import Testing

/// Objects with many members, which have a name table.
@Suite struct NameTableTests {
  private static let names = (0..<500).map { "name \($0)" }

  private static func text(_ names: [String]) -> [UInt8] {
    let members = names.enumerated().map { "\"\($0.element)\": \($0.offset)" }
    return Array("{\"large\": {\(members.joined(separator: ", "))}}".utf8)
  }

  @Test(arguments: [64, 65, 500]) func findsMembers(_ count: Int) throws {
    let document = try Document(Self.text(Array(Self.names.prefix(count))))
    let large = try #require(document.member("large", of: document.root))
    for (index, name) in Self.names.enumerated() {
      let member = document.member(name, of: large)
      #expect(member.flatMap { document.integer($0) } == (index < count ? index : nil))
    }
  }

  @Test func findsNamesThatAreSpelledWithEscapes() throws {
    let names = Self.names.map { $0.replacing("a", with: #"\u0061"#) }
    let document = try Document(Self.text(names + ["plain", #"\u00e9"#]))
    let large = try #require(document.member("large", of: document.root))
    let found = (Self.names + ["plain", "é"]).map { document.member($0, of: large) }
    #expect(found.map { $0.flatMap { document.integer($0) } } == Array(0..<502))
    #expect(document.member("other", of: large) == nil)
  }

  @Test func refusesNamesThatStandTwice() throws {
    for twin in ["name 7", #"n\u0061me 7"#] {
      let text = Self.text(Self.names + [twin])
      #expect(throws: Problem.self) { try Document(text) }
    }
  }

  @Test func followsEdits() throws {
    var document = try Document(Self.text(Self.names))
    let large = try #require(document.member("large", of: document.root))
    let reason = Edit.Reason(filter: "test", "a test asks for it")
    document.remove(try #require(document.member("name 3", of: large)), because: reason)
    document.set("name 4", to: "new", in: large, because: reason)
    document.set("added", to: "new", in: large, because: reason)
    #expect(document.member("name 3", of: large) == nil)
    for name in ["name 4", "added"] {
      #expect(document.member(name, of: large).flatMap { document.string($0) } == "new")
    }
    #expect(document.member("name 5", of: large).flatMap { document.integer($0) } == 5)
  }

  /// Objects that edits add have no table.
  @Test func findsMembersThatWereMade() throws {
    var document = try Document(Array("{}".utf8))
    let members = Self.names.map { JSONValue.Member($0, .string($0)) }
    document.set(
      "made", to: .object(members), in: document.root,
      because: Edit.Reason(filter: "test", "a test asks for it"))
    let made = try #require(document.member("made", of: document.root))
    for name in Self.names {
      #expect(document.member(name, of: made).flatMap { document.string($0) } == name)
    }
  }
}
