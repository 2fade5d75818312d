import LosslessJSON
import Testing

@Suite struct SyntaxErrorTests {
  @Test(
    arguments: [
      (.empty, "there is no JSON here: the input is empty or only white space"),
      (
        .unexpectedEnd(expected: "a value"),
        "the input ends where a value is expected: is it cut off?"
      ),
      (.unexpected(expected: "a value"), "expected a value"),
      (.trailingComma, "a comma before the closing bracket is not JSON: remove it"),
      (.comment, "comments are not JSON: remove it"),
      (.singleQuotes, "strings stand in double quotes in JSON: replace the single ones"),
      (
        .notJSONLiteral("NaN"), "'NaN' is not JSON: use a number, a string, true, false or null"
      ),
      (
        .notJSONLiteral("None"),
        "this is Python and not JSON: write true, false or null, or print it with json.dumps"
      ),
      (
        .bareName("cpu"),
        "the name 'cpu' stands without quotes, as in JavaScript: put it into double quotes"
      ),
      (
        .placeholder("${cpu}"),
        "'${cpu}' is a placeholder outside of a string, so this is a template and not JSON: "
          + "render it first, or put it into double quotes where a string may stand"
      ),
      (
        .prompt,
        "this line is no JSON and stands before the document, as a command does in a copy of a "
          + "terminal: remove it"
      ),
      (
        .otherLanguage,
        "this is no JSON, which begins with '{' or '[': convert it, or give another file"
      ),
      (
        .malformedNumber,
        "this is not a JSON number: digits without leading zeros, such as -12, 0.5 or 1e3"
      ),
      (
        .integerBeyond64Bits,
        "this integer does not fit 64 bits and would be changed by its readers: "
          + "shorten it or make it a string"
      ),
      (
        .controlCharacter(9),
        "control character 0x09 stands unescaped in a string: write it as an escape such as \\n"
      ),
      (
        .controlCharacter(0x1B),
        "control character 0x1B stands unescaped in a string: write it as an escape such as \\n"
      ),
      (.invalidUTF8, "these bytes are not UTF-8: convert the file to UTF-8"),
      (
        .invalidEscape,
        #"this is not an escape of JSON: use one of \" \\ \/ \b \f \n \r \t \uXXXX"#
      ),
      (
        .loneSurrogate,
        "half of a surrogate pair stands for no character: "
          + "write both halves, or the character itself"
      ),
      (.nullInName, "a member name holds \\u0000, which its readers would cut off: rename it"),
      (
        .duplicateName("cpu"),
        "the name 'cpu' stands twice in this object, and its readers would disagree "
          + "on which value counts: remove one"
      ),
      (
        .tooDeep(limit: 128),
        "values are nested more than 128 levels deep, where readers begin to give up: flatten them"
      ),
      (.tooLarge, "one document may have at most 2 GiB"),
      (.trailingBytes, "the document ends before this: remove what follows it"),
      (.utf16, "this looks like UTF-16 or UTF-32: convert the file to UTF-8"),
    ] as [(SyntaxError.Reason, String)])
  func saysWhatIsWrongAndHowToMendIt(_ reason: SyntaxError.Reason, _ message: String) {
    #expect(SyntaxError(reason, at: 0).message == message)
  }
}
