import LawTesting
import LosslessJSON
import LosslessYAML
import Testing

@Suite struct YAMLErrorTests {
  @Test(
    arguments: [
      ("a: 1\n  b: 2\n", "mapping values are not allowed in this context", 2, 4),
      ("a:\n\t- 1\n", "found character that cannot start any token", 2, 1),
      ("[1, 2", "did not find expected ',' or ']'", 1, 6),
      ("a: 'x", "found unexpected end of stream", 1, 6),
      ("a: 1\nb: 2\na: 3\n", "the key 'a' appears twice in this mapping", 3, 4),
      ("a: 1\n'a': 2\n", "the key 'a' appears twice in this mapping", 2, 6),
      ("a: 1\n---\nb: 2\n", "a second document begins here, and only one is read", 2, 1),
      ("x: *y\n", "there is no anchor '&y' before this alias", 1, 4),
      ("&a [*a]", "there is no anchor '&a' before this alias", 1, 5),
      ("? [b]\n: c\n", "a key must be text, not a list, a mapping or an alias", 1, 3),
      ("a: &x y\n*x : z\n", "a key must be text, not a list, a mapping or an alias", 2, 1),
      ("éé: @x", "found character that cannot start any token", 1, 5),
    ])
  func saysWhatIsWrongAndWhere(_ text: String, _ message: String, _ line: Int, _ column: Int) {
    Problem.expect(message, line, column, in: Array(text.utf8), reading: YAMLReader.value)
  }

  @Test func refusesWhatIsNoUTF8() {
    let bytes = Array("ok: 1\nb: ".utf8) + [0xFF, 0x0A]
    Problem.expect("invalid leading UTF-8 octet", 2, 4, in: bytes, reading: YAMLReader.value)
  }

  @Test func refusesControlCharacters() {
    Problem.expect(
      "control characters are not allowed", 2, 1, in: Array("a: 1\n\u{0}b: 2".utf8),
      reading: YAMLReader.value)
  }

  /// Every level repeats the previous one ten times, so a few lines are ten billion values.
  @Test func refusesAliasesThatMultiply() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    Problem.expect(
      "it has more than 1000000 values, counting those of every alias", 6, 45,
      in: Array(text.utf8), reading: YAMLReader.value)
  }

  @Test(arguments: [129, 999, 50_000]) func refusesDeepNesting(_ depth: Int) throws {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(throws: Problem.self) { try YAMLReader.value(Array(text.utf8)) }
    #expect(throws: Never.self) {
      try YAMLReader.value(
        Array(
          (String(repeating: "[", count: 128)
            + String(repeating: "]", count: 128)).utf8))
    }
  }

  @Test func readsManyKeysInLinearTime() throws {
    let growth = try Growth.measured(from: 490, to: 49_000, until: 1_000) { try timeOfReading($0) }
    #expect(growth.ratio < 1_000, "\(growth)")
  }

  /// - Returns: the nanoseconds for reading a mapping.
  private func timeOfReading(_ count: Int) throws -> Int {
    let bytes = Array((0..<count).map { "key-\($0): 1\n" }.joined().utf8)
    return try threadTime(of: {
      let value = try YAMLReader.value(bytes)
      #expect(value.object?.count == count)
    })
  }
}
