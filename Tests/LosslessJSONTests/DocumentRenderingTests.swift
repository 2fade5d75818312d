import LosslessJSON
import Testing

@Suite struct DocumentRenderingTests {
  private static let reason = Edit.Reason(filter: "rendering", "a test asks for it")

  @Test(arguments: [
    (
      "{\n  \"t\": {\n    \"a\": [\n      1\n    ]\n  },\n  \"u\": 1\n}\n",
      "{\n  \"a\": [\n    1\n  ]\n}\n"
    ),
    ("{\r\n\t\"t\": {\r\n\t\t\"a\": 1\r\n\t}\r\n}\r\n", "{\r\n\t\"a\": 1\r\n}\r\n"),
    ("{\"t\":{\"a\":1}}", "{\"a\":1}"),
    ("{ \"t\": { \"a\": 1 } }\n", "{ \"a\": 1 }\n"),
    ("{\n    \"t\": {\n  \"a\": 1\n    }\n}", "{\n  \"a\": 1\n}"),
  ])
  func narrowingMovesLinesLeft(_ input: String, _ output: String) throws {
    var document = try Document(Array(input.utf8))
    let inner = try #require(document.member("t", of: document.root))
    document.narrow(to: inner, because: Self.reason)
    #expect(String(decoding: document.rendered(), as: UTF8.self) == output)
    #expect(document.pointer(to: inner) == JSONPointer())
    #expect(document.edits[0].operation == "replace")
  }

  @Test func narrowsAndEdits() throws {
    var document = try Document(Array("{\n  \"t\": {\n    \"a\": []\n  }\n}\n".utf8))
    let whole = document.root
    let inner = try #require(document.member("t", of: whole))
    document.narrow(to: inner, because: Self.reason)
    let array = try #require(document.member("a", of: document.root))
    document.append(["b": 1], to: array, because: Self.reason)
    document.set("c", to: 2, in: document.root, because: Self.reason)
    let output =
      "{\n  \"a\": [\n    {\n      \"b\": 1\n    }\n  ],\n  \"c\": 2\n}\n"
    #expect(String(decoding: document.rendered(), as: UTF8.self) == output)
    #expect(document.edits.map(\.pointer.description) == ["", "/a/0", "/c"])
    #expect(document.pointer(to: whole) == JSONPointer())
  }

  @Test func narrowingToTheWholeIsNoEdit() throws {
    var document = try Document(Array(" [] ".utf8))
    document.narrow(to: document.root, because: Self.reason)
    #expect(document.edits.isEmpty)
    #expect(document.rendered() == Array(" [] ".utf8))
  }

  @Test func reprintsWithoutTouchingLiterals() throws {
    let input = "[ 1.50,1E+3 , -0,\"\\u00e9\\/\",{ \"\\u0061\" :[ ],\"b\":{ }} ,null]"
    let document = try Document(Array(input.utf8))
    #expect(
      String(decoding: document.reprinted(.compact), as: UTF8.self)
        == "[1.50,1E+3,-0,\"\\u00e9\\/\",{\"\\u0061\":[],\"b\":{}},null]\n")
    #expect(
      String(decoding: document.reprinted(.pretty), as: UTF8.self) == """
        [
          1.50,
          1E+3,
          -0,
          "\\u00e9\\/",
          {
            "\\u0061": [],
            "b": {}
          },
          null
        ]

        """)
  }

  @Test func reprintingIsIdempotentAndKeepsTheValue() throws {
    for seed in 0..<300 {
      var random = RandomDocument(seed: seed)
      var document = try Document(Array(random.text().utf8))
      for _ in 0..<4 { document.editSomewhere(&random) }
      for layout in [Layout.compact, .pretty] {
        let printed = try Document(document.reprinted(layout))
        #expect(printed.value(printed.root) == document.value(document.root), "seed \(seed)")
        #expect(printed.reprinted(layout) == document.reprinted(layout), "seed \(seed)")
      }
    }
  }
}
