import Testing

@testable import LosslessJSON

@Suite struct ScannerCharactersTests {
  /// White space is skipped eight bytes per step. Its end must be recognized at every position.
  @Test(arguments: 0..<40)
  func skipsWhiteSpaceOfEveryLength(_ length: Int) throws {
    for character in [" ", "\t", "\n", "\r", "\r\n"] {
      let space =
        String(repeating: character, count: length) + String(repeating: " ", count: length)
      let text =
        "\(space)[\(space)1\(space),\(space){\(space)\"a\"\(space):\(space)2\(space)}]\(space)"
      let document = try Document(Array(text.utf8))
      #expect(document.value(document.root) == [1, ["a": 2]])
      let refusal = Refusal(
        "[\(space)\u{B}", .unexpected(expected: "a value"), at: space.utf8.count + 1)
      #expect(refusal.outcome == refusal.problem)
    }
  }
}
