import LosslessJSON
import Testing

@Suite struct TextPositionTests {
  @Test(
    arguments: [
      ("", 0, 1, 1, "\n^"),
      ("{}", 0, 1, 1, "{}\n^"),
      ("{}", 2, 1, 3, "{}\n  ^"),
      ("{}", 99, 1, 3, "{}\n  ^"),
      ("{\n  \"a\": 01\n}", 9, 2, 8, "  \"a\": 01\n       ^"),
      ("{\r\n\t\"a\": 01\r\n}", 9, 2, 7, " \"a\": 01\n      ^"),
      ("a\n", 1, 1, 2, "a\n ^"),
      ("a\n", 2, 2, 1, "\n^"),
      ("\u{FEFF}{}", 3, 1, 1, "{}\n^"),
      ("\u{FEFF}{\n}", 5, 2, 1, "}\n^"),
      ("é😀x", 6, 1, 3, "é😀x\n  ^"),
      ("\u{1B}[31m\u{0}x", 6, 1, 7, ".[31m.x\n      ^"),
      ("\u{202E}abc\u{2028}", 4, 1, 3, ".abc.\n  ^"),
    ] as [(String, Int, Int, Int, String)])
  func saysWhere(_ text: String, _ offset: Int, _ line: Int, _ column: Int, _ excerpt: String) {
    let position = TextPosition(of: offset, in: Array(text.utf8))
    #expect(position.line == line)
    #expect(position.column == column)
    #expect(position.excerpt == excerpt)
  }

  @Test func showsSixtyScalarsEitherSide() {
    let text = String(repeating: "é", count: 500)
    let position = TextPosition(of: 400, in: Array(text.utf8))
    #expect(position.column == 201)
    let shown = String(repeating: "é", count: 120)
    #expect(position.excerpt == shown + "\n" + String(repeating: " ", count: 60) + "^")
  }

  @Test func standsBytesThatAreNoUTF8() {
    let position = TextPosition(of: 1, in: [0x22, 0xFF, 0x22])
    #expect(position.excerpt == "\"\u{FFFD}\"\n ^")
  }
}
