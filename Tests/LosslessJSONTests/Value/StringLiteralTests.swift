import Testing

@testable import LosslessJSON

@Suite struct StringLiteralTests {
  @Test(arguments: UInt8(0)..<0x20)
  func escapesControlCharacters(_ byte: UInt8) throws {
    let short: [UInt8: String] = [8: "b", 9: "t", 10: "n", 12: "f", 13: "r"]
    let digits = (byte < 16 ? "0" : "") + String(byte, radix: 16)
    let text = "a\(Unicode.Scalar(byte))z"
    #expect(literal(text) == "\"a\\\(short[byte] ?? "u00\(digits)")z\"")
    #expect(decoded(literal(text)) == text)
  }

  @Test(arguments: [
    ("", #""""#), ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#), ("\u{7F}", "\"\u{7F}\""),
    ("é\"", #""é\"""#), ("😀\\", #""😀\\""#), ("\u{2028}", "\"\u{2028}\""),
    ("e\u{301}", "\"e\u{301}\""),
    ("arn:aws:iam::1:role/x", #""arn:aws:iam::1:role/x""#), ("https://a/\n", #""https://a/\n""#),
  ])
  func escapesNothingElse(_ text: String, _ expected: String) {
    #expect(Array(literal(text).utf8) == Array(expected.utf8))
    #expect(Array(decoded(literal(text)).utf8) == Array(text.utf8))
  }

  @Test func survivesEveryKindOfText() {
    for seed in 0..<500 {
      var random = RandomDocument(seed: seed)
      guard let text = random.value(depth: 0).string else { continue }
      #expect(Array(decoded(literal(text)).utf8) == Array(text.utf8), "seed \(seed)")
    }
  }

  private func literal(_ text: String) -> String {
    var bytes: [UInt8] = []
    StringLiteral.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func decoded(_ literal: String) -> String {
    Array(literal.utf8).withUnsafeBytes { StringLiteral.decode($0) }
  }
}
