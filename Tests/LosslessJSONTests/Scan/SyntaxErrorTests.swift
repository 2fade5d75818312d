import Testing

@testable import LosslessJSON

@Suite struct SyntaxErrorTests {
  @Test(
    arguments: [
      (
        .empty, "The input contains no document: it is empty or only whitespace.",
        "Pass a JSON document."
      ),
      (
        .unexpectedEnd(expected: "a value"), "The input ends where a value is expected.",
        "Check whether the document was cut off."
      ),
      (
        .unexpected(expected: "a value"), "Expected a value.",
        "Fix the syntax at this position."
      ),
      (
        .trailingComma, "JSON does not allow a comma before a closing bracket.",
        "Remove the comma."
      ),
      (.comment, "JSON does not allow comments.", "Remove the comment."),
      (.singleQuotes, "JSON strings use double quotes.", "Replace the single quotes."),
      (
        .notJSONLiteral("NaN"), "'NaN' is not a JSON value.",
        "Write a number, a string, true, false or null."
      ),
      (
        .notJSONLiteral("None"), "This is a Python literal, not JSON.",
        "Write true, false or null, or print the document with json.dumps."
      ),
      (
        .bareName("cpu"), "The member name 'cpu' has no quotes, as in JavaScript.",
        "Put it in double quotes."
      ),
      (
        .placeholder("${cpu}"),
        "'${cpu}' is a template placeholder outside of a string, so this is not JSON yet.",
        "Render the template first, or put the placeholder in double quotes where a string is "
          + "allowed."
      ),
      (
        .prompt,
        "This line is not JSON. It looks like a shell command that was copied from a terminal.",
        "Remove the line."
      ),
      (
        .otherLanguage, "This is not JSON, which begins with '{' or '['.",
        "Convert the file to JSON, or pass another file."
      ),
      (
        .jsonnet, "This is not JSON. It looks like Jsonnet.",
        "Render it with 'jsonnet FILE' first."
      ),
      (
        .malformedNumber, "This is not a JSON number.",
        "Write digits without leading zeros, such as -12, 0.5 or 1e3."
      ),
      (
        .integerBeyond64Bits,
        "This integer does not fit in 64 bits, so other parsers would change it.",
        "Shorten the number, or write it as a string."
      ),
      (
        .controlCharacter(9), "The string contains the unescaped control character 0x09.",
        "Write it as an escape sequence such as \\n."
      ),
      (
        .controlCharacter(0x1B), "The string contains the unescaped control character 0x1B.",
        "Write it as an escape sequence such as \\n."
      ),
      (.invalidUTF8, "These bytes are not valid UTF-8.", "Convert the file to UTF-8."),
      (
        .invalidEscape, "This is not a JSON escape sequence.",
        #"Use one of \" \\ \/ \b \f \n \r \t \uXXXX."#
      ),
      (
        .loneSurrogate, "Half of a surrogate pair does not encode a character.",
        "Write both halves, or the character itself."
      ),
      (
        .nullInName, "The member name contains \\u0000, where other parsers cut it off.",
        "Rename the member."
      ),
      (
        .duplicateName("cpu"),
        "The member name 'cpu' appears twice in this object, and parsers disagree on which value "
          + "counts.", "Remove one of the two members."
      ),
      (
        .tooDeep(limit: 128),
        "Values are nested more than 128 levels deep, which many parsers reject.",
        "Flatten the document."
      ),
      (.tooLarge, "The document is larger than 2 GiB.", "Split the document."),
      (
        .trailingBytes, "The document has ended before this position.",
        "Remove the text after the document."
      ),
      (.utf16, "The input looks like UTF-16 or UTF-32.", "Convert the file to UTF-8."),
    ] as [(SyntaxError.Reason, String, String)])
  func saysWhatIsWrongAndHowToFixIt(_ reason: SyntaxError.Reason, _ text: String, _ fix: String) {
    let problem = SyntaxError(reason, at: 7).problem
    #expect(problem.rule == .syntax)
    #expect(problem.text.description == text)
    #expect(problem.fix.description == fix)
    #expect(problem.place == Place(offset: 7))
  }
}
