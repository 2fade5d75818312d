import LosslessJSON
import Testing

/// Added values look like existing ones.
@Suite struct LayoutTests {
  private static let reason = Edit.Reason(filter: "layout", "a test asks for it")

  @Test(arguments: [
    (
      "{\n  \"a\": 1\n}\n",
      "{\n  \"a\": 1,\n  \"x\": {\n    \"y\": [\n      1,\n      2\n    ]\n  }\n}\n"
    ),
    (
      "{\n    \"a\": 1\n}",
      "{\n    \"a\": 1,\n    \"x\": {\n        \"y\": [\n            1,\n            2\n        ]\n    }\n}"
    ),
    ("{\n\t\"a\":1\n}", "{\n\t\"a\":1,\n\t\"x\":{\n\t\t\"y\":[\n\t\t\t1,\n\t\t\t2\n\t\t]\n\t}\n}"),
    (
      "{\r\n  \"a\" : 1\r\n}\r\n",
      "{\r\n  \"a\" : 1,\r\n  \"x\" : {\r\n    \"y\" : [\r\n      1,\r\n      2\r\n    ]\r\n  }\r\n}\r\n"
    ),
    ("{\"a\":1}", "{\"a\":1,\"x\":{\"y\":[1,2]}}"),
    ("{\"a\": 1}", "{\"a\": 1, \"x\": {\"y\": [1, 2]}}"),
    ("{ \"a\": 1 }", "{ \"a\": 1, \"x\": { \"y\": [1, 2] } }"),
    ("{\"a\":1 , \"b\":2}", "{\"a\":1 , \"b\":2 , \"x\":{\"y\":[1 , 2]}}"),
    ("{\n\"a\": 1\n}", "{\n\"a\": 1,\n\"x\": {\n\"y\": [\n1,\n2\n]\n}\n}"),
    (
      "{ \"a\": 1,\n  \"b\": 2 }",
      "{ \"a\": 1,\n  \"b\": 2,\n  \"x\": {\n    \"y\": [\n      1,\n      2\n    ]\n  } }"
    ),
    (
      "{\n    \"a\": 1\n  , \"b\": 2\n}",
      "{\n    \"a\": 1\n  , \"b\": 2\n  , \"x\": {\n      \"y\": [\n          1,\n          2\n      ]\n  }\n}"
    ),
    (
      "{ \"a\": 1\n, \"b\": 2\n}",
      "{ \"a\": 1\n, \"b\": 2\n, \"x\": {\n  \"y\": [\n    1,\n    2\n  ]\n}\n}"
    ),
    (
      "{\n  \"a\": 1,\n\n  \"b\":\n    2\n}",
      "{\n  \"a\": 1,\n\n  \"b\":\n    2,\n  \"x\": {\n    \"y\": [\n      1,\n      2\n    ]\n  }\n}"
    ),
    ("{}", "{\"x\": {\"y\": [1, 2]}}"),
    (" { } ", " {\"x\": {\"y\": [1, 2]}} "),
  ])
  func addsAMember(_ input: String, _ output: String) throws {
    var document = try Document(Array(input.utf8))
    document.set("x", to: ["y": [1, 2]], in: document.root, because: Self.reason)
    #expect(String(decoding: document.rendered(), as: UTF8.self) == output)
  }

  @Test(arguments: [
    ("{\n  \"a\": []\n}", "{\n  \"a\": [\n    {\n      \"k\": 1\n    }\n  ]\n}"),
    ("{\n  \"a\": [\n  ]\n}", "{\n  \"a\": [\n    {\n      \"k\": 1\n    }\n  ]\n}"),
    ("{\n  \"a\": [   ]\n}", "{\n  \"a\": [\n    {\n      \"k\": 1\n    }\n  ]\n}"),
    ("{\n  \"a\": [1]\n}", "{\n  \"a\": [1, {\"k\": 1}]\n}"),
    ("{\n  \"a\": [1,2]\n}", "{\n  \"a\": [1,2,{\"k\": 1}]\n}"),
    ("{\n  \"a\": [ 1, 2 ]\n}", "{\n  \"a\": [ 1, 2, {\"k\": 1} ]\n}"),
    ("{\"a\":[ ]}", "{\"a\":[{\"k\":1}]}"),
    (
      "{\n  \"a\": [{\n    \"b\": 1\n  }]\n}",
      "{\n  \"a\": [{\n    \"b\": 1\n  }, {\n    \"k\": 1\n  }]\n}"
    ),
  ])
  func appendsAnElement(_ input: String, _ output: String) throws {
    var document = try Document(Array(input.utf8))
    let array = try #require(document.node(at: JSONPointer(["a"])))
    document.append(["k": 1], to: array, because: Self.reason)
    #expect(String(decoding: document.rendered(), as: UTF8.self) == output)
  }

  @Test func seesThroughAHuggingArray() throws {
    var document = try Document(Array("[{\n    \"a\": [1]\n}]\n".utf8))
    document.append(["b": []], to: document.root, because: Self.reason)
    let output = "[{\n    \"a\": [1]\n}, {\n    \"b\": []\n}]\n"
    #expect(String(decoding: document.rendered(), as: UTF8.self) == output)
  }

  @Test func insertsBeforeTheFirst() throws {
    var document = try Document(Array("[\n  1,\n\n  2\n]".utf8))
    document.insert(0, at: 0, in: document.root, because: Self.reason)
    #expect(String(decoding: document.rendered(), as: UTF8.self) == "[\n  0,\n  1,\n\n  2\n]")
  }

  @Test func editsInsideOfWhatWasAdded() throws {
    var document = try Document(Array("{\n  \"a\": 1\n}".utf8))
    document.set("x", to: ["y": []], in: document.root, because: Self.reason)
    let added = try #require(document.member("x", of: document.root))
    let inner = try #require(document.member("y", of: added))
    document.append(1, to: inner, because: Self.reason)
    document.set("z", to: 2, in: added, because: Self.reason)
    let output = "{\n  \"a\": 1,\n  \"x\": {\n    \"y\": [\n      1\n    ],\n    \"z\": 2\n  }\n}"
    #expect(String(decoding: document.rendered(), as: UTF8.self) == output)
  }
}
