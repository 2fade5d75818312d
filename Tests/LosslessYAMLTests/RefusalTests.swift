import LosslessJSON
import Testing

@testable import LosslessYAML

/// Texts that can be read, but not edited.
@Suite struct RefusalTests {
  @Test(
    arguments: [
      ("a: &x\n  - 1\nb: *x\n", "/a", .alias, 15), ("a: &x\n  - 1\nb: *x\n", "/b", .alias, 15),
      ("a: &x\n  b: [1]\nc: *x\n", "/a/b", .alias, 18),
      ("c: &x [1]\na: {<<: {b: *x}}\n", "/a/b", .mergeKey, 13),
      ("a: !Join [b, c]\n", "/a/Fn::Join", .tag, 3), ("a: !Unknown\n  - b\n", "/a", .tag, 3),
      ("x: &x {c: 1}\na:\n  <<: *x\n  b: 1\n", "/a", .mergeKey, 18),
      ("a:\n  b: 1\n  b: 2\n", "/a", .duplicateKey, 5), ("a: [1,\n  2]\n", "/a", .flowOverLines, 3),
      ("? a\n: - 1\n", "", .irregular, 0), ("a: [b: 1]\n", "/a/0", .irregular, 4),
      ("a: {b, c}\n", "/a", .irregular, 3), ("a: &x []\n", "/a", .properties, 3),
      ("a:\n  - |\n    b", "/a", .missingLineEnd, 7),
      ("a: [1]\n---\nb: 1\n", "/a", .secondDocument, 7),
      ("a: [1]\rb: 1\r", "/a", .lineEnds, 6),
    ] as [(String, String, EditObstacle, Int)])
  func editsAreRefused(
    _ input: String, _ pointer: String, _ obstacle: EditObstacle, _ offset: Int
  ) throws {
    var document = try Document(yaml: Array(input.utf8))
    let node = try #require(JSONPointer(parsing: pointer).flatMap { document.node(at: $0) })
    let reason = Edit.Reason(filter: "test", "a test asks for it")
    switch document.kind(of: node) {
    case .object: document.set("new", to: 1, in: node, because: reason)
    case .array: document.append(1, to: node, because: reason)
    default: document.replace(node, with: 1, because: reason)
    }
    #expect(document.refusals.map(\.text) == [obstacle.text])
    #expect(document.refusals.map(\.offset) == [offset])
    #expect(document.rendered() == Array(input.utf8))
  }

  @Test func whatAliasesStandForIsNotTakenAway() throws {
    var document = try Document(yaml: Array("a:\n  - &x 1\nb: *x\n".utf8))
    let reason = Edit.Reason(filter: "test", "a test asks for it")
    let list = try #require(document.member("a", of: document.root))
    document.remove(list, because: reason)
    #expect(document.refusals.map(\.text) == [EditObstacle.alias.text])
  }

  @Test func aliasesAreReplacedByValues() throws {
    var document = try Document(yaml: Array("a: &x 1\nb: *x # c\n".utf8))
    let reason = Edit.Reason(filter: "test", "a test asks for it")
    document.set("b", to: 2, in: document.root, because: reason)
    #expect(String(decoding: document.rendered(), as: UTF8.self) == "a: &x 1\nb: 2 # c\n")
  }

  @Test func everyRefusedEditIsNoted() throws {
    var document = try Document(yaml: Array("a: [1,\n  2]\nb: !Join [c, d]\ne: 1\n".utf8))
    for (index, name) in ["a", "b", "e"].enumerated() {
      let node = try #require(document.member(name, of: document.root))
      let reason = Edit.Reason(filter: String(index), "a test asks for it")
      switch document.kind(of: node) {
      case .array: document.append(1, to: node, because: reason)
      case .object: document.set("new", to: ["x": []], in: node, because: reason)
      default: document.replace(node, with: [1], because: reason)
      }
    }
    #expect(document.refusals.map(\.text) == [EditObstacle.flowOverLines, .tag].map(\.text))
    #expect(document.refusals.map(\.stage) == ["0", "1"])
  }

  @Test func textsThatDoNotFitAreNotRestored() throws {
    for text in ["\n  - [", "\nb: 1", " &x 1", "\n- 1\n- 2"] {
      var document = try Document(yaml: Array("a: 1\n".utf8))
      let node = try #require(document.member("a", of: document.root))
      let reason = Edit.Reason(filter: "test", "a test asks for it")
      _ = try? document.restore(node, to: text, because: reason)
      let output = try Document(yaml: document.rendered())
      #expect(output.value(output.root).object?.map(\.name) == ["a"])
      #expect(output.value(output.root) == document.value(document.root))
    }
  }

  /// This also holds if only a part of the text is read.
  @Test(arguments: ["a: 1\n", "r:\n  s:\n    a: 1\n  t: 2\n", "r:\n  s: &x\n    a: 1\nt: *x\n"])
  func failedRestorationsLeaveNoTrace(_ input: String) throws {
    let reason = Edit.Reason(filter: "test", "a test asks for it")
    for text in ["\n      - [", "\nb: 1", "\n    b: 1", " &x 1", " 1\n---\n- 2", "\n  t: 1"] {
      var document = try Document(yaml: Array(input.utf8))
      let node = try #require(
        document.node(at: JSONPointer(input.first == "a" ? ["a"] : ["r", "s", "a"])))
      guard (try? document.restore(node, to: text, because: reason)) == nil else { continue }
      #expect(document.rendered() == Array(input.utf8))
      #expect(document.edits.isEmpty)
      #expect(
        document.value(document.root)
          == (try Document(yaml: Array(input.utf8))).value(document.root))
    }
  }
}
