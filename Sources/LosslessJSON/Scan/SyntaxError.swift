/// Why bytes are not the strict JSON (RFC 8259) that this library edits, and where.
///
/// Several reasons are things that common parsers, json-c among them, accept or repair in
/// silence. A tool that writes the document back must not do that.
public struct SyntaxError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case empty
    case unexpectedEnd(expected: String)
    case unexpected(expected: String)
    case trailingComma
    case comment
    case singleQuotes
    case notJSONLiteral(String)
    /// A member name without quotes.
    case bareName(String)
    /// Of a template engine, outside of a string.
    case placeholder(String)
    /// A line of a terminal stands before the document.
    case prompt
    case otherLanguage
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

  public let reason: Reason
  /// Offset in bytes from the start of the document's buffer.
  public let offset: Int

  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// What is wrong, what follows from it, and how to mend it: one sentence without a full stop.
  public var message: String { reason.message }
}

extension SyntaxError.Reason {
  fileprivate var message: String {
    switch self {
    case .empty: "there is no JSON here: the input is empty or only white space"
    case .unexpectedEnd(let expected):
      "the input ends where \(expected) is expected: is it cut off?"
    case .unexpected(let expected): "expected \(expected)"
    case .trailingComma: "a comma before the closing bracket is not JSON: remove it"
    case .comment: "comments are not JSON: remove it"
    case .singleQuotes: "strings stand in double quotes in JSON: replace the single ones"
    case .notJSONLiteral("True"), .notJSONLiteral("False"), .notJSONLiteral("None"):
      "this is Python and not JSON: write true, false or null, or print it with json.dumps"
    case .notJSONLiteral(let word):
      "'\(word)' is not JSON: use a number, a string, true, false or null"
    case .bareName(let name):
      "the name '\(name)' stands without quotes, as in JavaScript: put it into double quotes"
    case .placeholder(let text):
      "'\(text)' is a placeholder outside of a string, so this is a template and not JSON: "
        + "render it first, or put it into double quotes where a string may stand"
    case .prompt:
      "this line is no JSON and stands before the document, as a command does in a copy of a "
        + "terminal: remove it"
    case .otherLanguage:
      "this is no JSON, which begins with '{' or '[': convert it, or give another file"
    case .malformedNumber:
      "this is not a JSON number: digits without leading zeros, such as -12, 0.5 or 1e3"
    case .integerBeyond64Bits:
      "this integer does not fit 64 bits and would be changed by its readers: "
        + "shorten it or make it a string"
    case .controlCharacter(let byte):
      "control character 0x\(hexadecimal(byte)) stands unescaped in a string: "
        + "write it as an escape such as \\n"
    case .invalidUTF8: "these bytes are not UTF-8: convert the file to UTF-8"
    case .invalidEscape:
      "this is not an escape of JSON: use one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"
    case .loneSurrogate:
      "half of a surrogate pair stands for no character: write both halves, or the character itself"
    case .nullInName: "a member name holds \\u0000, which its readers would cut off: rename it"
    case .duplicateName(let name):
      "the name '\(name)' stands twice in this object, and its readers would disagree "
        + "on which value counts: remove one"
    case .tooDeep(let limit):
      "values are nested more than \(limit) levels deep, where readers begin to give up: "
        + "flatten them"
    case .tooLarge: "one document may have at most 2 GiB"
    case .trailingBytes: "the document ends before this: remove what follows it"
    case .utf16: "this looks like UTF-16 or UTF-32: convert the file to UTF-8"
    }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
