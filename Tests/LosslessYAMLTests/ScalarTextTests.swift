import LawTesting
import LosslessJSON
import Testing

@testable import LosslessYAML

@Suite struct ScalarTextTests {
  @Test(arguments: [
    "envoy", "envoyproxy/envoy:v1.40.0", "http://x:80/?a=b#c", "a#b", "10s",
    "arn:aws:iam::1:role/x",
    "é", "/bin/sh", "a, b", "exec \"$@\" 'x'", "${AWS::Region}",
  ])
  func safeTextsStandWithoutQuotes(_ text: String) {
    #expect(ScalarText.text(of: .string(text), in: .block) == text)
  }

  @Test(arguments: [
    ("", #""""#), ("yes", #""yes""#), ("Off", #""Off""#), ("null", #""null""#), ("~", #""~""#),
    ("1337", #""1337""#), ("010", #""010""#), ("1_0", #""1_0""#),
    ("15000,15001", #""15000,15001""#),
    ("169.254.170.2", #""169.254.170.2""#), ("2012-10-17", #""2012-10-17""#),
    ("12:30", #""12:30""#),
    ("a: b", #""a: b""#), ("a #b", #""a #b""#), ("a ", #""a ""#), (" a", #"" a""#),
    ("a:", #""a:""#),
    ("- a", #""- a""#), ("*a", #""*a""#), ("!a", #""!a""#), ("@a", #""@a""#), ("a\nb", #""a\nb""#),
    ("a\tb", #""a\tb""#), ("\u{85}", #""\u0085""#), ("\\", #"\"#), ("\"a\"", #""\"a\"""#),
  ])
  func othersStandInQuotes(_ text: String, _ expected: String) {
    #expect(ScalarText.text(of: .string(text), in: .block) == expected)
  }

  /// Both parsers read every printed text as the original string, in every place.
  @Test(.enabled(if: PyYAML.isAvailable, "needs PyYAML"))
  func othersReadTheSame() throws {
    let texts = Seed.texts
    let block = texts.map { "a: \(ScalarText.text(of: .string($0), in: .block))\n" }
    let flow = texts.map { "a: [\(ScalarText.text(of: .string($0), in: .flow))]\n" }
    let values = try PyYAML.values(of: block + flow)
    let core = try (block + flow).map { try YAMLReader.value(Array($0.utf8)) }
    for (index, text) in (texts + texts).enumerated() {
      let expected: JSONValue =
        index < texts.count ? ["a": .string(text)] : ["a": [.string(text)]]
      #expect(values[index] == expected, "\(text.debugDescription)")
      #expect(core[index] == expected, "\(text.debugDescription)")
    }
  }
}
