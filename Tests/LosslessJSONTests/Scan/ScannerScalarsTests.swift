import Testing

@testable import LosslessJSON

@Suite struct ScannerScalarsTests {
  @Test(arguments: [
    "01", "-01", "00", "5.", "5.e1", ".5", "+1", "-", "--1", "- 1", "1e", "1e+", "1E-", "1.2.3",
    "0x1F", "1_000", "12px", "1.5f", "1ee2", "1e2.5", "-.5",
  ])
  func refusesWhatIsNoNumber(_ text: String) {
    let refusal = Refusal("[\(text)]", .malformedNumber, at: 1)
    #expect(refusal.outcome == refusal.problem)
  }

  @Test(arguments: [
    "18446744073709551616", "-9223372036854775809", "100000000000000000000",
    "-18446744073709551615", String(repeating: "9", count: 400),
  ])
  func refusesIntegersThatReadersChange(_ text: String) {
    let refusal = Refusal("[0,\(text)]", .integerBeyond64Bits, at: 3)
    #expect(refusal.outcome == refusal.problem)
  }

  @Test(arguments: [
    "0", "-0", "-0.0", "1.0", "0.10", "1e3", "1E+3", "1.50e-7", "1e400", "0.1234567890123456789",
    "9223372036854775807", "9223372036854775808", "18446744073709551615", "-9223372036854775808",
    "100000000000000000000.0", "100000000000000000000e0", "999999999999999999",
  ])
  func keepsEverySpelling(_ text: String) throws {
    let document = try Document(Array(text.utf8))
    #expect(document.value(document.root) == .number(text))
    #expect(document.rendered() == Array(text.utf8))
  }

  @Test(arguments: [
    "NaN", "Infinity", "-Infinity", "-NaN", "TRUE", "True", "Null", "nul", "tru", "nullx", "true1",
    "undefined", "None", "yes",
  ])
  func refusesWordsOfOtherLanguages(_ word: String) {
    let refusal = Refusal("{\"a\":\(word)}", .notJSONLiteral(word), at: 5)
    #expect(refusal.outcome == refusal.problem)
  }

  @Test func showsTheBeginningOfLongWords() {
    let word = String(repeating: "x", count: 30)
    let refusal = Refusal(word, .notJSONLiteral(String(word.prefix(20))), at: 0)
    #expect(refusal.outcome == refusal.problem)
  }
}
