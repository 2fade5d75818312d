/// Texts that are almost JSON: templates that nobody rendered, and copies of a terminal.
extension Scanner {
  /// The placeholder of a template engine that stands at the position.
  var placeholder: SyntaxError? {
    for (opening, closing) in Self.placeholders {
      // The first brace of two was taken for an object.
      let start = opening == "{{" ? position - 1 : position
      guard start >= 0, starts(with: opening, at: start),
        let length = length(from: start + opening.utf8.count, to: closing)
      else { continue }
      let end = start + opening.utf8.count + length + closing.utf8.count
      return SyntaxError(
        .placeholder(String(decoding: bytes[start..<end], as: UTF8.self)), at: start)
    }
    guard current == UInt8(ascii: "$") else { return nil }
    let word = word(at: position + 1)
    return word.isEmpty ? nil : SyntaxError(.placeholder("$" + word), at: position)
  }

  /// Of shells and Terraform, Jinja and Handlebars, CodeDeploy, Windows, and Ruby.
  private static let placeholders: [(opening: String, closing: String)] = [
    ("${", "}"), ("$(", ")"), ("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("<", ">"), ("#{", "}"),
    ("%", "%"), ("@", "@"),
  ]

  /// - Returns: the bytes up to `closing`, which has to come on the same line, and soon.
  private func length(from start: Int, to closing: String) -> Int? {
    let longest = 80
    for length in 1...longest {
      guard start + length < bytes.count, bytes[start + length - 1] >= UInt8(ascii: " ") else {
        return nil
      }
      if starts(with: closing, at: start + length) { return length }
    }
    return nil
  }

  private func starts(with text: String, at start: Int) -> Bool {
    start < bytes.count && bytes[start...].starts(with: text.utf8)
  }

  /// Whether the first line is one of a terminal: the document comes after it.
  ///
  /// - Parameter error: what the scan found.
  func isBehindPrompt(_ error: SyntaxError) -> Bool {
    if [.comment, .utf16, .empty].contains(error.reason) { return false }
    let lineEnd = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    guard error.offset < lineEnd else { return false }
    let line = String(decoding: bytes[..<lineEnd], as: UTF8.self)
    if ["$ ", "# ", "% ", "> "].contains(where: { line.contains($0 + "aws ") }) { return true }
    let first = bytes.first { $0 > UInt8(ascii: " ") }
    guard first?.isOpeningBracket == false else { return false }
    return bytes[lineEnd...].dropFirst().split(separator: UInt8(ascii: "\n")).contains {
      $0.first?.isOpeningBracket == true
    }
  }

  /// Whether the text is of another language, by the error at its beginning.
  func isOtherLanguage(_ error: SyntaxError) -> Bool {
    guard error.offset == bytes.firstIndex(where: { $0 > UInt8(ascii: " ") }) else { return false }
    switch error.reason {
    case .unexpected: return true
    // HTML and XML.
    case .placeholder(let text): return text.utf8.first == UInt8(ascii: "<")
    // A word alone may be meant as a value.
    case .notJSONLiteral:
      let rest = bytes[error.offset...].drop { $0 > UInt8(ascii: " ") }
      return rest.contains { $0 > UInt8(ascii: " ") }
    default: return false
    }
  }
}

extension UInt8 {
  fileprivate var isOpeningBracket: Bool { self == UInt8(ascii: "{") || self == UInt8(ascii: "[") }
}
