import Testing

@testable import LosslessJSON

@Suite struct DocumentCopyingTests {
  private static let reason = Edit.Reason(filter: "test", "")
  private static let original = """
    { "driver" : "awslogs", "options": { "group": "\\u0061 \\"b\\" \\/ é", "rate": 1.50e2 },
      "empty": [], "list": [ 1, { "a": null }, [ true, false ] ] }
    """

  private static let patches: [JSONValue] = [
    [:], ["options": ["prefix": "envoy"]], ["options": ["group": "other", "rate": .null]],
    ["options": .null, "empty": .null], ["driver": ["a": ["b": .null, "c": 1]]],
    ["list": ["x": 1]], ["new": ["deep": ["er": .null]]], "no object", [1, 2], .null,
  ]

  @Test(arguments: patches)
  func isTheOriginalMerged(patch: JSONValue) throws {
    var document = try Document(Array(#"{"from": \#(Self.original), "to": {}}"#.utf8))
    let from = try #require(document.member("from", of: document.root))
    let to = try #require(document.member("to", of: document.root))
    let merged = document.value(from).merging(patch)
    let added = document.set(
      "copy", toCopyOf: from, merging: patch, in: to, because: Self.reason)
    #expect(document.value(try #require(added)) == merged)
    let read = try Document(document.rendered())
    #expect(read.value(read.root)["to"]?["copy"] == merged)
    // Setting an equal value is not an edit.
    document.set("copy", toCopyOf: from, merging: patch, in: to, because: Self.reason)
    #expect(document.editCount == 1)
  }

  @Test func keepsSpellings() throws {
    var document = try Document(Array(#"{"a": [1.50e2, "\u0061\/"]}"#.utf8))
    let list = try #require(document.member("a", of: document.root))
    document.set("b", toCopyOf: list, merging: [:], in: document.root, because: Self.reason)
    // A patch that is an object turns any other value into an object: RFC 7396.
    document.set(
      "c", toCopyOf: document.root, merging: ["b": .null], in: document.root, because: Self.reason)
    let text = String(decoding: document.rendered(), as: UTF8.self)
    #expect(text == #"{"a": [1.50e2, "\u0061\/"], "b": {}, "c": {"a": [1.50e2, "\u0061\/"]}}"#)
  }

  @Test func isReadAndEditedLikeWhatWasScanned() throws {
    var document = try Document(Array(#"{"from": {"a": {"b": 1}, "c": "d"}}"#.utf8))
    let from = try #require(document.member("from", of: document.root))
    let copy = document.set(
      "copy", toCopyOf: from, merging: ["a": ["e": 2]], in: document.root, because: Self.reason)
    let member = try #require(copy.flatMap { document.member("a", of: $0) })
    #expect(document.member("e", of: member).flatMap { document.integer($0) } == 2)
    document.set("f", to: 3, in: member, because: Self.reason)
    #expect(document.value(from) == ["a": ["b": 1], "c": "d"])
    let read = try Document(document.rendered())
    #expect(read.value(read.root)["copy"] == ["a": ["b": 1, "e": 2, "f": 3], "c": "d"])
  }
}
