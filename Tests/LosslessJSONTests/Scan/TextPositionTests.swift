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

  /// Texts of many blocks, with and without newlines, with characters of one to four bytes.
  @Test(arguments: ["a", "é\r\n", "😀x", "\n", "0123456789 ä\n", "€"])
  func countsInLongTextsAsInShortOnes(_ piece: String) {
    let bytes = Array(String(repeating: piece, count: 9_000 / piece.utf8.count).utf8)
    let lines = TextLines(of: bytes)
    var (line, column) = (1, 1)
    for (offset, byte) in bytes.enumerated() {
      if byte & 0xC0 != 0x80 {
        let position = TextPosition(of: offset, in: lines)
        guard position.line == line, position.column == column else {
          Issue.record("\(offset) is \(line):\(column), not \(position.line):\(position.column)")
          return
        }
        column += 1
      }
      if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 1) }
    }
    let end = TextPosition(of: bytes.count, in: lines)
    #expect(end.line == line && end.column == column)
  }

  @Test func standsBytesThatAreNoUTF8() {
    let position = TextPosition(of: 1, in: [0x22, 0xFF, 0x22])
    #expect(position.excerpt == "\"\u{FFFD}\"\n ^")
  }
}
