import Testing

@testable import LosslessJSON

@Suite struct ScannerUnexpectedTests {
  @Test(arguments: [
    Refusal("{", .unexpectedEnd(expected: "a member name in double quotes"), at: 1),
    Refusal("{\"a\"", .unexpectedEnd(expected: "':' after a member name"), at: 4),
    Refusal("{\"a\":", .unexpectedEnd(expected: "a value"), at: 5),
    Refusal("{\"a\":1", .unexpectedEnd(expected: "',' or '}' after a member"), at: 6),
    Refusal("{\"a\":1,\n\n", .unexpectedEnd(expected: "a member name in double quotes"), at: 7),
    Refusal("[", .unexpectedEnd(expected: "a value"), at: 1),
    Refusal("[1,2\n", .unexpectedEnd(expected: "',' or ']' after an element"), at: 4),
    Refusal("[1,,2]", .unexpected(expected: "a value"), at: 3),
    Refusal("[,1]", .unexpected(expected: "a value"), at: 1),
    Refusal("{,}", .unexpected(expected: "a member name in double quotes"), at: 1),
    Refusal("{1:2}", .unexpected(expected: "a member name in double quotes"), at: 1),
    Refusal("{name:1}", .bareName("name"), at: 1),
    Refusal("{\"a\":}", .unexpected(expected: "a value"), at: 5),
    Refusal("{\"a\" 1}", .unexpected(expected: "':' after a member name"), at: 5),
    Refusal("{\"a\" \"b\"}", .unexpected(expected: "':' after a member name"), at: 5),
    Refusal("{\"a\"=1}", .unexpected(expected: "':' after a member name"), at: 4),
    Refusal("{\"a\":1 \"b\":2}", .unexpected(expected: "',' or '}' after a member"), at: 7),
    Refusal("{\"a\":1 word}", .unexpected(expected: "',' or '}' after a member"), at: 7),
    Refusal("{\"a\":1;}", .unexpected(expected: "',' or '}' after a member"), at: 6),
    Refusal("[1 2]", .unexpected(expected: "',' or ']' after an element"), at: 3),
    Refusal("[1}", .unexpected(expected: "',' or ']' after an element"), at: 2),
    Refusal("[\0]", .unexpected(expected: "a value"), at: 1),
    Refusal("[\u{C}1]", .unexpected(expected: "a value"), at: 1),
    Refusal("[“a”]", .unexpected(expected: "a value"), at: 1),
    Refusal("[\u{A0}1]", .unexpected(expected: "a value"), at: 1),
    Refusal("// head\n{}", .comment, at: 0),
    Refusal("{ /* why */ }", .comment, at: 2),
    Refusal("[1 // one\n]", .comment, at: 3),
    Refusal("# head\n{}", .comment, at: 0),
    Refusal("{} # tail", .comment, at: 3),
    Refusal("['a']", .singleQuotes, at: 1),
    Refusal("{'a':1}", .singleQuotes, at: 1),
    Refusal("{\"a\":'b'}", .singleQuotes, at: 5),
  ])
  func namesTheLikeliestCause(_ refusal: Refusal) {
    #expect(refusal.outcome == refusal.problem)
  }
}
