import LawTesting
import LosslessJSON
import Testing

@Suite struct DocumentSplitterTests {
  private func pieces(
    _ stream: [UInt8], chunk: Int, framing: DocumentSplitter.Framing = .brackets
  ) -> [DocumentSplitter.Piece] {
    var splitter = DocumentSplitter(framing: framing)
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

  /// The second document goes past the line in which the first one ends.
  @Test func countsNoLineTwice() {
    let stream = Array("{\n}{\"b\":\n1}{\"c\":1}\n{\"d\":1}\n".utf8)
    for chunk in [1, 5, 4096] {
      #expect(pieces(stream, chunk: chunk).map(\.line) == [1, 2, 3, 4])
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

  /// The next line begins a document where no JSON text could go on like that.
  @Test(arguments: [
    ("{\"a\n{}", ["{\"a\n", "{}"]), ("{\"a\": [1\n{}\n{}", ["{\"a\": [1\n", "{}\n", "{}"]),
    ("{\"a\": [1,\n{}\n{}", ["{\"a\": [1,\n", "{}\n", "{}"]), ("{\n{}", ["{\n", "{}"]),
    ("{}\n{\"a\": \"\n{\"b\": \"}\"}\n{}", ["{}\n", "{\"a\": \"\n", "{\"b\": \"}\"}\n", "{}"]),
    ("{\"a\": \"\n \"{}\n{}", ["{\"a\": \"\n \"{}\n", "{}"]),
    ("[\n{\"a\":\n{}},\n{}]\n[]", ["[\n{\"a\":\n{}},\n{}]\n", "[]"]),
    ("{\"a\": [1,\n{\"b\": [1,\n{}\n{}", ["{\"a\": [1,\n", "{\"b\": [1,\n", "{}\n", "{}"]),
  ])
  func aBrokenLineTakesNoOtherWithIt(_ stream: String, _ expected: [String]) {
    for chunk in [1, 2, 5, 4096] {
      let pieces = pieces(Array(stream.utf8), chunk: chunk)
      #expect(pieces.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
      var line = 1
      for piece in pieces {
        #expect(piece.line == line)
        line += piece.bytes.count { $0 == UInt8(ascii: "\n") }
      }
    }
  }

  @Test(arguments: [
    ("", []), ("{}", ["{}"]), ("{}{}\n\n{", ["{}{}\n", "\n", "{"]), ("\r\n[\n", ["\r\n", "[\n"]),
  ])
  func everyLineIsAPiece(_ stream: String, _ expected: [String]) {
    for chunk in [1, 3, 4096] {
      let pieces = pieces(Array(stream.utf8), chunk: chunk, framing: .lines)
      #expect(pieces.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
      #expect(
        pieces.map(\.line) == Array(1...max(expected.count, 1)).prefix(expected.count).map { $0 })
      #expect(pieces.map(\.number) == pieces.map(\.line))
    }
  }

  /// Nested brackets that are never closed, one a line, are read a few times at most.
  @Test func brokenLinesTakeLinearTime() throws {
    // Quadratic work takes 16 times as long.
    let growth = try Growth.measured(from: 20_000, to: 80_000, until: 7) { count in
      let stream = Array((String(repeating: "{\"a\": [\n", count: count) + "1\n{}").utf8)
      return try threadTime {
        try #require(pieces(stream, chunk: 1 << 18).flatMap(\.bytes) == stream)
      }
    }
    #expect(growth.ratio <= 7, "\(growth)")
  }
}
