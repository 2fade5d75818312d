import Testing

@testable import LosslessJSON

@Suite struct ScannerStringsTests {
  @Test(arguments: UInt8(0)..<0x20)
  func refusesRawControlCharacters(_ byte: UInt8) {
    let refusal = Refusal(string: [0x61, byte], .controlCharacter(byte), at: 2)
    #expect(refusal.outcome == refusal.problem)
  }

  /// The bounds of each row in table 3-7 of the Unicode Standard.
  @Test(
    arguments: [
      [0x80], [0xBF], [0xFF], [0xFE], [0xC0, 0xAF], [0xC1, 0xBF], [0xC2], [0xC2, 0x7F],
      [0xC2, 0xC0],
      [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE1, 0x80], [0xE1, 0x80, 0xC0], [0xE2, 0x28, 0xA1],
      [0xED, 0xA0, 0x80], [0xED, 0xAF, 0xBF], [0xED, 0xB0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF],
      [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF0, 0x9F],
      [0xF1, 0x80, 0x80, 0x7F], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func refusesWhatIsNoUTF8(_ bytes: [UInt8]) {
    let refusal = Refusal(string: [0x61] + bytes, .invalidUTF8, at: 2)
    #expect(refusal.outcome == refusal.problem)
    let cut = Refusal(Array("\"a".utf8) + bytes, .invalidUTF8, at: 2)
    #expect(cut.outcome == cut.problem)
  }

  @Test(arguments: [
    "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}",
    "\u{10FFFF}", "é", "e\u{301}", "\u{2028}", "\u{FEFF}", "👩‍👩‍👧",
  ])
  func acceptsEveryKindOfCharacter(_ text: String) throws {
    let document = try Document(Array("\"\(text)\"".utf8))
    #expect(document.value(document.root) == .string(text))
  }

  @Test(arguments: [
    Refusal(#""\x41""#, .invalidEscape, at: 1),
    Refusal(#""\'""#, .invalidEscape, at: 1),
    Refusal(#""\U0041""#, .invalidEscape, at: 1),
    Refusal(#""\u004""#, .invalidEscape, at: 1),
    Refusal(#""\u00g1""#, .invalidEscape, at: 1),
    Refusal(#""ab\u"#, .invalidEscape, at: 3),
    Refusal("\"\\", .invalidEscape, at: 1),
    Refusal("\"\\\n\"", .invalidEscape, at: 1),
    Refusal(#""\ud83d""#, .loneSurrogate, at: 1),
    Refusal(#""\ud83dx""#, .loneSurrogate, at: 1),
    Refusal(#""\ud83d\n""#, .loneSurrogate, at: 1),
    Refusal(#""\ud83d\u0041""#, .loneSurrogate, at: 1),
    Refusal(#""\ud83d\ud83d""#, .loneSurrogate, at: 1),
    Refusal(#""a\udc00""#, .loneSurrogate, at: 2),
    Refusal(#""\ude00\ud83d""#, .loneSurrogate, at: 1),
    Refusal(#""\ud83d\u00"#, .invalidEscape, at: 7),
    Refusal(#"{"a\u0000b":1}"#, .nullInName, at: 3),
    Refusal("\"abc", .unexpectedEnd(expected: "the closing quote of a string"), at: 0),
    Refusal("[\"\\\"]", .unexpectedEnd(expected: "the closing quote of a string"), at: 1),
    Refusal("{\"a", .unexpectedEnd(expected: "the closing quote of a string"), at: 1),
  ])
  func refuses(_ refusal: Refusal) {
    #expect(refusal.outcome == refusal.problem)
  }

  @Test(arguments: [
    (#""\u0000""#, "\0"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u00e9\u00E9é""#, "ééé"), (#""\ud83d\uDE00""#, "😀"),
    (#""\ud7ff\ue000""#, "\u{D7FF}\u{E000}"),
    (#""\udbff\udfff""#, "\u{10FFFF}"), (#""\u2028\ufffe\uffff""#, "\u{2028}\u{FFFE}\u{FFFF}"),
  ])
  func readsEscapesAndKeepsTheirSpelling(_ literal: String, _ text: String) throws {
    let document = try Document(Array(literal.utf8))
    #expect(document.value(document.root) == .string(text))
    #expect(document.rendered() == Array(literal.utf8))
  }

  /// Plain text is skipped eight bytes per step. Its end must be recognized at every position.
  @Test(arguments: 0..<40)
  func seesTheEndOfPlainTextAtEveryPlace(_ length: Int) throws {
    let plain = String(repeating: "~", count: length)
    for (literal, end) in [("", ""), (#"\n"#, "\n"), ("é", "é"), (" !#[]", " !#[]")] {
      let document = try Document(Array("\"\(plain)\(literal)\"".utf8))
      #expect(document.value(document.root) == .string(plain + end))
    }
    let refusal = Refusal("\"\(plain)\u{1F}~~~~~~~~\"", .controlCharacter(0x1F), at: length + 1)
    #expect(refusal.outcome == refusal.problem)
  }
}
