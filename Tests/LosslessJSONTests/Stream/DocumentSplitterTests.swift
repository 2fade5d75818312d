import LosslessJSON
import Testing

@Suite struct DocumentSplitterTests {
  private func pieces(_ stream: [UInt8], chunk: Int) -> [DocumentSplitter.Piece] {
    var splitter = DocumentSplitter()
    var pieces: [DocumentSplitter.Piece] = []
    var rest = stream[...]
    while true {
      while let piece = splitter.next(isEnd: rest.isEmpty) { pieces.append(piece) }
      if rest.isEmpty { return pieces }
      splitter.append(Array(rest.prefix(chunk)))
      rest = rest.dropFirst(chunk)
    }
  }

  /// The chunks and line endings of the stream do not matter.
  @Test(arguments: [
    "{\"a\":1}{\"b\":2}\n{\"c\":3}", "{}[]{\"a\":\"}\\n{\"}",
    "{\"a\":{}}\n{\"b\":\"}\"}\n{\"c\":[{}]}\n", "{\n\"a\": {}\n}\n{\"b\": 1}\n{\"c\": \"\\n\"}",
    "{\"a\":1}\r\n{\"b\":2}\r\n{\"c\":3}", "{\"a\":[\n{}\n]}\n{}\n{}\n",
  ]) func countsLinesOfDocuments(stream: String) {
    for chunk in [1, 5, 4096] {
      let pieces = pieces(Array(stream.utf8), chunk: chunk)
      #expect(pieces.count == 3)
      var line = 1
      for piece in pieces {
        #expect(piece.line == line)
        #expect((try? Document(piece.bytes)) != nil)
        line += piece.bytes.count { $0 == UInt8(ascii: "\n") }
      }
    }
  }

  @Test(arguments: 0..<60) func givesEveryByteOutOnceInWholeDocuments(_ seed: Int) throws {
    var random = SeededRandom(seed: seed)
    var stream: [UInt8] = []
    var texts: [String] = []
    for index in 0..<Int.random(in: 1...6, using: &random) {
      var document = RandomDocument(seed: seed * 100 + index)
      let text = document.text()
      let first = text.utf8.first { $0 > 0x20 }
      guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { continue }
      texts.append(text)
      stream += (text + random.pick(["\n", "", " \r\n\t", "\n\n"])).utf8
    }
    guard !texts.isEmpty else { return }
    for chunk in [1, 7, 4096] {
      let pieces = pieces(stream, chunk: chunk)
      #expect(pieces.flatMap(\.bytes) == stream)
      #expect(pieces.map(\.number) == Array(1...texts.count))
      for (piece, text) in zip(pieces, texts) {
        let (found, expected) = (try Document(piece.bytes), try Document(Array(text.utf8)))
        #expect(found.value(found.root) == expected.value(expected.root))
      }
    }
  }

  @Test func tellsTheLineOnWhichADocumentBegins() {
    let pieces = pieces(Array("{\n}\n\n[1,\n2]{}".utf8), chunk: 3)
    #expect(pieces.map(\.line) == [1, 4, 5])
  }

  @Test(arguments: [
    ("", [""]), (" \n", [" \n"]), ("{} x {}", ["{} x ", "{}"]), ("{}}", ["{}}"]),
    (#"{"a":"}{"}{}"#, [#"{"a":"}{"}"#, "{}"]), (#"{"a":"\"}"}[]"#, [#"{"a":"\"}"}"#, "[]"]),
    ("\u{FEFF}\n{}", ["\u{FEFF}\n{}"]), ("\u{FEFF}\u{FEFF} {}[]", ["\u{FEFF}\u{FEFF} {}", "[]"]),
    ("{", ["{"]), ("{}\0{}", ["{}\0", "{}"]), ("nul", ["nul"]), ("{\"a\": [}{}", ["{\"a\": [}{}"]),
  ])
  func leavesTheJudgementToTheScan(_ stream: String, _ expected: [String]) {
    let pieces = pieces(Array(stream.utf8), chunk: 2)
    #expect(pieces.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
  }
}
