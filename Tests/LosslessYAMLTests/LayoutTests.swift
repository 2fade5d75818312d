import LawTesting
import LosslessJSON
import LosslessYAML
import Testing

/// The place and the layout of generated text.
@Suite struct LayoutTests {
  private static let container: JSONValue = [
    "Name": "envoy", "Essential": true, "Command": ["bash", "-c", "a: b"],
    "Environment": [["Name": "A", "Value": "1"]], "Empty": [],
  ]

  @Test(arguments: [
    // Lists that are indented, and lists that are not.
    ("a:\n  - x\nb: 1\n", "a:\n  - x\n  - w\nb: 1\n"),
    ("a:\n- x\nb: 1\n", "a:\n- x\n- w\nb: 1\n"),
    // Directly after the last element, so that the following text keeps its comments and blank lines.
    ("a:\n  - x # x\n\n# b\nb: 1\n", "a:\n  - x # x\n  - w\n\n# b\nb: 1\n"),
    ("a:\n  - x\n  # the end\n", "a:\n  - x\n  - w\n  # the end\n"),
    // At the end of a text.
    ("a:\n  - x", "a:\n  - x\n  - w"),
    ("a:\r\n  - x\r\n", "a:\r\n  - x\r\n  - w\r\n"),
    // Lists without elements.
    ("a: [] # none\nb: 1\n", "a: # none\n  - w\nb: 1\n"),
    ("a: [ ]", "a:\n  - w"),
    // Lists in brackets.
    ("a: [x]\n", "a: [x, w]\n"), ("a: [x,z] # c\n", "a: [x,z,w] # c\n"),
    // After multi-line texts.
    ("a:\n  - |\n    x\n\nb: 1\n", "a:\n  - |\n    x\n  - w\n\nb: 1\n"),
    ("a:\n  - x\n    z\n", "a:\n  - x\n    z\n  - w\n"),
    ("a:\n  - |+\n    x\n\nb: 1\n", "a:\n  - |+\n    x\n\n  - w\nb: 1\n"),
  ])
  func elementsAreAppended(_ input: String, _ expected: String) throws {
    try expectEdit(of: input, expected) { document, reason in
      let list = try #require(document.member("a", of: document.root))
      document.append("w", to: list, because: reason)
    }
  }

  @Test func containersLookLikeThoseAroundThem() throws {
    try expectEdit(
      of: "a:\n  - Name: web\n    Ports:\n      - 80\n",
      """
      a:
        - Name: web
          Ports:
            - 80
        - Name: envoy
          Essential: true
          Command:
            - bash
            - "-c"
            - "a: b"
          Environment:
            - Name: A
              Value: "1"
          Empty: []

      """
    ) { document, reason in
      let list = try #require(document.member("a", of: document.root))
      document.append(Self.container, to: list, because: reason)
    }
  }

  @Test func indentationIsThatOfTheText() throws {
    try expectEdit(
      of: "a:\n    b:\n    - c\nd: {}\n",
      "a:\n    b:\n    - c\nd:\n    e:\n        f:\n        - g\n"
    ) { document, reason in
      let object = try #require(document.member("d", of: document.root))
      document.set("e", to: ["f": ["g"]], in: object, because: reason)
    }
  }

  @Test(
    arguments: [
      ("a: 1 # c\n", "x", "a: x # c\n"), ("a:\nb: 1\n", "x", "a: x\nb: 1\n"),
      ("a:   '1'\n", true, "a:   true\n"), ("a: !Ref b # c\n", "x", "a: x # c\n"),
      ("a: |\n  b\n\nc: 1\n", "x", "a: x\n\nc: 1\n"), ("a:\n  - 1\nb: 1\n", [], "a: []\nb: 1\n"),
      ("a: # c\n  b: 1\n", "x", "a: x # c\n"), ("a: 1 # c\n", ["b": "x"], "a: # c\n  b: x\n"),
      ("a: null\n", ["x"], "a:\n  - x\n"), ("a: {b: 1}\n", ["x"], "a:\n  - x\n"),
    ] as [(String, JSONValue, String)])
  func valuesAreReplaced(_ input: String, _ value: JSONValue, _ expected: String) throws {
    try expectEdit(of: input, expected) { document, reason in
      document.set("a", to: value, in: document.root, because: reason)
    }
  }

  @Test(arguments: [
    ("a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n"),
    ("a: 1\n# b\nb: 2 # two\n# c\nc: 3\n", "a: 1\n# b\n# c\nc: 3\n"),
    ("b:\n  - 1\n\nc: 3\n", "c: 3\n"), ("b: 1\n", "{}\n"), ("a: 1\nb: |\n  x", "a: 1"),
    ("{a: 1, b: 2, c: 3}\n", "{a: 1, c: 3}\n"),
  ])
  func membersAreRemoved(_ input: String, _ expected: String) throws {
    try expectEdit(of: input, expected) { document, reason in
      let member = try #require(document.member("b", of: document.root))
      document.remove(member, because: reason)
    }
  }

  @Test func shortFormsAreCopiedAsLongOnes() throws {
    try expectEdit(of: "a: !Sub '${b}/c'\n", "a: !Sub '${b}/c'\nd:\n  Fn::Sub: ${b}/c\n") {
      document, reason in
      let value = try #require(document.member("a", of: document.root).map { document.value($0) })
      document.set("d", to: value, in: document.root, because: reason)
    }
  }

  @Test func laterEditsReachIntoEarlierOnes() throws {
    try expectEdit(of: "a: []\n", "a:\n  - b: 1\n    c:\n      - x\n      - z: 2\n") {
      document, reason in
      let list = try #require(document.member("a", of: document.root))
      let element = document.append(["b": 1, "c": []], to: list, because: reason)
      let inner = try #require(document.member("c", of: element))
      document.append(["z": 2], to: inner, because: reason)
      document.insert("x", at: 0, in: inner, because: reason)
    }
  }

  /// Also undoes the edit.
  private func expectEdit(
    of input: String, _ expected: String, _ edit: (inout Document, Edit.Reason) throws -> Void
  ) throws {
    var document = try Document(yaml: Array(input.utf8))
    try edit(&document, Edit.Reason(filter: "test", "a test asks for it"))
    #expect(document.refusals.isEmpty)
    #expect(String(decoding: document.rendered(), as: UTF8.self) == expected)
    var output = try Document(yaml: document.rendered())
    #expect(output.value(output.root) == document.value(document.root))
    try output.takeBack(document.edits)
    #expect(String(decoding: output.rendered(), as: UTF8.self) == input)
  }
}
