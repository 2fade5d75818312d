import Testing

@testable import LosslessJSON

/// Edits at a place that does not exist are reported, and change nothing.
@Suite struct MisplacedEditTests {
  private static let input = Array(#"{"a": [1, 2], "b": {"c": 3}, "d": 4}"#.utf8)
  private static let reason = Edit.Reason(filter: "test", "a test asks for it")

  typealias Action = @Sendable (inout Document) throws -> Void

  @Test(
    arguments: [
      { $0.remove($0.root, because: reason) },
      { $0.replace($0.root, with: 1, because: reason) },
    ] as [Action])
  func theWholeDocumentStays(_ edit: Action) throws {
    try expectRefusal(.wholeDocument, after: edit)
  }

  @Test(
    arguments: [
      { $0.set("x", to: 1, in: try $0.at("/a"), because: reason) },
      { $0.set("x", to: Fragment([1]), in: try $0.at("/d"), because: reason) },
      { $0.append(1, to: try $0.at("/b"), because: reason) },
      { $0.append(1, to: try $0.at("/d"), because: reason) },
      { $0.append(Fragment([1]), to: try $0.at("/d"), because: reason) },
    ] as [Action])
  func childrenNeedAContainerOfTheirKind(_ edit: Action) throws {
    try expectRefusal(.missingPlace, after: edit)
  }

  @Test(
    arguments: [
      { $0.remove($1, because: reason) },
      { $0.replace($1, with: 1, because: reason) },
      { $0.set("x", to: 1, in: $1, because: reason) },
      { $0.narrow(to: $1, because: reason) },
    ] as [@Sendable (inout Document, NodeID) -> Void])
  func removedValuesAreNotEdited(_ edit: @Sendable (inout Document, NodeID) -> Void) throws {
    var document = try Document(Self.input)
    let removed = try document.at("/b")
    document.remove(removed, because: Self.reason)
    let before = document.rendered()
    edit(&document, removed)
    #expect(document.refusals.map(\.text) == [EditObstacle.missingPlace.text])
    #expect(document.rendered() == before)
  }

  @Test func valuesThatFoundNoPlaceAreNotEdited() throws {
    var document = try Document(Self.input)
    let lost = document.append([1], to: try document.at("/b"), because: Self.reason)
    document.append(2, to: lost, because: Self.reason)
    document.remove(lost, because: Self.reason)
    #expect(document.refusals.count == 3)
    #expect(document.pointer(to: lost) == JSONPointer(["b"]))
    #expect(document.rendered() == Self.input)
  }

  @Test func elementsBeyondTheEndAreAppended() throws {
    var document = try Document(Self.input)
    document.insert(3, at: 7, in: try document.at("/a"), because: Self.reason)
    document.insert(0, at: -1, in: try document.at("/a"), because: Self.reason)
    #expect(document.refusals.isEmpty)
    #expect(document.value(try document.at("/a")) == [0, 1, 2, 3])
  }

  @Test func restoringNeedsAPlaceInsideTheDocument() throws {
    var document = try Document(Self.input)
    let removed = try document.at("/b")
    document.remove(removed, because: Self.reason)
    let before = document.rendered()
    for node in [document.root, removed] {
      #expect(throws: Problem.self) {
        try document.restore(node, to: "1", because: Self.reason)
      }
    }
    #expect(throws: Problem.self) {
      let surroundings = Edit.Surroundings(index: 0)
      try document.restore("x", "1", surroundings, in: removed, because: Self.reason)
    }
    #expect(document.rendered() == before)
  }

  @Test func nothingIsRestoredTooDeep() throws {
    let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    var document = try Document(Self.input)
    let node = try document.at("/d")
    #expect(throws: SyntaxError(.tooDeep(limit: 128), at: 0).problem) {
      try document.restore(node, to: deep, because: Self.reason)
    }
    #expect(document.rendered() == Self.input)
    try document.restore(node, to: String(deep.dropFirst().dropLast()), because: Self.reason)
    #expect(throws: Never.self) { try Document(document.rendered()) }
  }

  private func expectRefusal(_ obstacle: EditObstacle, after edit: Action) throws {
    var document = try Document(Self.input)
    try edit(&document)
    #expect(document.refusals.map(\.text) == [obstacle.text])
    #expect(document.refusals.map(\.stage) == [Self.reason.filter])
    #expect(document.edits.isEmpty)
    #expect(document.rendered() == Self.input)
  }
}

extension Document {
  fileprivate func at(_ pointer: String) throws -> NodeID {
    let place = try #require(JSONPointer(parsing: pointer))
    return try #require(node(at: place))
  }
}
