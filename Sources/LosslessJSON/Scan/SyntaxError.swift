/// A reason why bytes are not strict JSON (RFC 8259), and the place.
///
/// The scanner throws it. ``Document`` throws its ``problem``.
///
/// Common parsers such as json-c silently accept or repair some of these errors. A tool that writes the
/// document back must not.
struct SyntaxError: Error, Hashable {
  enum Reason: Hashable {
    case empty
    case unexpectedEnd(expected: String)
    case unexpected(expected: String)
    case trailingComma
    case comment
    case singleQuotes
    case notJSONLiteral(String)
    /// A member name without quotes.
    case bareName(String)
    /// A placeholder of a template engine, outside of a string.
    case placeholder(String)
    /// A line of a terminal before the document.
    case prompt
    case otherLanguage
    case jsonnet
    case malformedNumber
    case integerBeyond64Bits
    case controlCharacter(UInt8)
    case invalidUTF8
    case invalidEscape
    case loneSurrogate
    case nullInName
    case duplicateName(String)
    case tooDeep(limit: Int)
    case tooLarge
    case trailingBytes
    case utf16
  }

  let reason: Reason
  /// The offset in bytes from the start of the document's buffer.
  let offset: Int

  init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  var problem: Problem {
    Problem(
      .syntax, text: Wording(verbatim: reason.text),
      fix: reason.fix.map { Wording(verbatim: $0) } ?? Rule.syntax.fix, at: Place(offset: offset))
  }
}

extension Rule {
  public static let syntax = error(
    "syntax",
    "The document is not valid JSON (RFC 8259). Other parsers may read it differently.",
    fix: "Fix the syntax at this position.", see: "https://www.rfc-editor.org/rfc/rfc8259")
}

extension SyntaxError.Reason {
  fileprivate var text: String {
    switch self {
    case .empty: "The input contains no document: it is empty or only whitespace."
    case .unexpectedEnd(let expected): "The input ends where \(expected) is expected."
    case .unexpected(let expected): "Expected \(expected)."
    case .trailingComma: "JSON does not allow a comma before a closing bracket."
    case .comment: "JSON does not allow comments."
    case .singleQuotes: "JSON strings use double quotes."
    case .notJSONLiteral("True"), .notJSONLiteral("False"), .notJSONLiteral("None"):
      "This is a Python literal, not JSON."
    case .notJSONLiteral(let word): "'\(word)' is not a JSON value."
    case .bareName(let name): "The member name '\(name)' has no quotes, as in JavaScript."
    case .placeholder(let text):
      "'\(text)' is a template placeholder outside of a string, so this is not JSON yet."
    case .prompt:
      "This line is not JSON. It looks like a shell command that was copied from a terminal."
    case .otherLanguage: "This is not JSON, which begins with '{' or '['."
    case .jsonnet: "This is not JSON. It looks like Jsonnet."
    case .malformedNumber: "This is not a JSON number."
    case .integerBeyond64Bits:
      "This integer does not fit in 64 bits, so other parsers would change it."
    case .controlCharacter(let byte):
      "The string contains the unescaped control character 0x\(Self.hexadecimal(byte))."
    case .invalidUTF8: "These bytes are not valid UTF-8."
    case .invalidEscape: "This is not a JSON escape sequence."
    case .loneSurrogate: "Half of a surrogate pair does not encode a character."
    case .nullInName: "The member name contains \\u0000, where other parsers cut it off."
    case .duplicateName(let name):
      "The member name '\(name)' appears twice in this object, and parsers disagree on which value "
        + "counts."
    case .tooDeep(let limit):
      "Values are nested more than \(limit) levels deep, which many parsers reject."
    case .tooLarge: "The document is larger than 2 GiB."
    case .trailingBytes: "The document has ended before this position."
    case .utf16: "The input looks like UTF-16 or UTF-32."
    }
  }

  /// `nil` if the rule's own fix is appropriate.
  fileprivate var fix: String? {
    switch self {
    case .empty: "Pass a JSON document."
    case .unexpectedEnd: "Check whether the document was cut off."
    case .unexpected: nil
    case .trailingComma: "Remove the comma."
    case .comment: "Remove the comment."
    case .singleQuotes: "Replace the single quotes."
    case .notJSONLiteral("True"), .notJSONLiteral("False"), .notJSONLiteral("None"):
      "Write true, false or null, or print the document with json.dumps."
    case .notJSONLiteral: "Write a number, a string, true, false or null."
    case .bareName: "Put it in double quotes."
    case .placeholder:
      "Render the template first, or put the placeholder in double quotes where a string is allowed."
    case .prompt: "Remove the line."
    case .otherLanguage: "Convert the file to JSON, or pass another file."
    case .jsonnet: "Render it with 'jsonnet FILE' first."
    case .malformedNumber: "Write digits without leading zeros, such as -12, 0.5 or 1e3."
    case .integerBeyond64Bits: "Shorten the number, or write it as a string."
    case .controlCharacter: "Write it as an escape sequence such as \\n."
    case .invalidUTF8, .utf16: "Convert the file to UTF-8."
    case .invalidEscape: "Use one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX."
    case .loneSurrogate: "Write both halves, or the character itself."
    case .nullInName: "Rename the member."
    case .duplicateName: "Remove one of the two members."
    case .tooDeep: "Flatten the document."
    case .tooLarge: "Split the document."
    case .trailingBytes: "Remove the text after the document."
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
