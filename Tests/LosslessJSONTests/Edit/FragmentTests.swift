import Testing

@testable import LosslessJSON

@Suite struct FragmentTests {
  private static let value: JSONValue = [
    "a": [["b": "-", "c": "\"quoted\""], [], "after"], "d": ["e": 1],
  ]
  private static let reason = Edit.Reason(filter: "test", "")

  private static let fillers: [JSONValue] = [
    "x", "", "a \"quote\"", 12345, .null, [], [["f": "g"], 2], ["h": ["i": [true, false]]],
  ]

  @Test(arguments: fillers)
  func fillsItsBlank(filler: JSONValue) throws {
    let fragment = Fragment(Self.value, blank: JSONPointer(["a", "0", "b"]))
    var document = try Document(Array(#"{"before": 1}"#.utf8))
    let new = document.set(
      "new", to: fragment, filling: .value(filler), in: document.root, because: Self.reason)
    let node = try #require(new)
    let filled: JSONValue = [
      "a": [["b": filler, "c": "\"quoted\""], [], "after"], "d": ["e": 1],
    ]
    #expect(document.value(node) == filled)
    // Later edits find their places after the blank.
    let list = try #require(document.member("a", of: node))
    document.append("last", to: list, because: Self.reason)
    let read = try Document(document.rendered())
    #expect(read.value(read.root)["new"]?["a"]?.array?.last == "last")
    #expect(read.value(read.root)["new"]?["a"]?.array?.first?["b"] == filler)
    #expect(read.value(read.root)["new"]?["d"] == ["e": 1])
  }

  @Test func replacesWhatIsThere() throws {
    let fragment = Fragment(Self.value, blank: JSONPointer(["d", "e"]))
    var document = try Document(Array(#"{"old": 1}"#.utf8))
    document.set("old", to: fragment, filling: .value("2"), in: document.root, because: Self.reason)
    #expect(document.value(document.root)["old"]?["d"] == ["e": "2"])
    // Setting an equal value is not an edit.
    document.set("old", to: fragment, filling: .value("2"), in: document.root, because: Self.reason)
    #expect(document.editCount == 1)
  }
}
