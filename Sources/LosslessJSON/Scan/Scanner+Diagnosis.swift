// MARK: Bytes that do not fit the grammar

/// Errors with their likeliest cause.
extension Scanner {
  func unexpectedValue() -> SyntaxError {
    if let placeholder { return placeholder }
    switch current {
    case UInt8(ascii: "+"), UInt8(ascii: "."): return SyntaxError(.malformedNumber, at: position)
    case UInt8(ascii: "'"): return SyntaxError(.singleQuotes, at: position)
    default: break
    }
    let word = word(at: position)
    guard word.unicodeScalars.count > 1 else { return unexpected("a value") }
    return SyntaxError(.notJSONLiteral(word), at: position)
  }

  func unexpectedName() -> SyntaxError {
    if let placeholder { return placeholder }
    if current == UInt8(ascii: "'") { return SyntaxError(.singleQuotes, at: position) }
    let word = word(at: position)
    guard word.isEmpty else { return SyntaxError(.bareName(word), at: position) }
    return unexpected("a member name in double quotes")
  }

  func unexpected(_ expected: String) -> SyntaxError {
    guard position < bytes.count else {
      return SyntaxError(.unexpectedEnd(expected: expected), at: endOfText)
    }
    if let placeholder { return placeholder }
    if isComment { return SyntaxError(.comment, at: position) }
    return SyntaxError(.unexpected(expected: expected), at: position)
  }

  /// Letters, digits and underscores, at most 20. Empty if the first character is not a letter.
  func word(at start: Int) -> String {
    guard start < bytes.count, isLetter(bytes[start]) else { return "" }
    let word = bytes[start...].prefix { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    return String(decoding: word.prefix(20), as: UTF8.self)
  }

  /// The end of a truncated document. The caret belongs there, not on the empty line below.
  private var endOfText: Int {
    let last = bytes.lastIndex { $0 > UInt8(ascii: " ") }
    return last.map { $0 + 1 } ?? bytes.count
  }
}

// MARK: Texts that are almost JSON

/// Unrendered templates, copies of a terminal, and other languages.
extension Scanner {
  /// An error if a placeholder of a template engine is at the position.
  var placeholder: SyntaxError? {
    for (opening, closing) in Self.placeholders {
      // The first of two braces was scanned as an object.
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

  /// Placeholders of shells and Terraform, Jinja and Handlebars, CodeDeploy, Ruby, and Windows.
  private static let placeholders: [(opening: String, closing: String)] = [
    ("${", "}"), ("$(", ")"), ("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("<", ">"), ("#{", "}"),
    ("%", "%"), ("@", "@"),
  ]

  /// - Returns: the number of bytes before `closing`, or `nil` if it is not nearby on the line.
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

  /// Whether the text is Jsonnet: it begins with a local variable, or has a name without quotes and a construct
  /// that JavaScript does not have.
  ///
  /// - Parameter error: the error of the scan.
  func isJsonnet(_ error: SyntaxError) -> Bool {
    switch error.reason {
    case .unexpected, .notJSONLiteral, .bareName, .comment: break
    default: return false
    }
    let start = bytes.firstIndex { $0 > UInt8(ascii: " ") } ?? 0
    if starts(with: "local ", at: start) { return true }
    guard case .bareName = error.reason else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    return ["std.", "::", "+:", "$."].contains { text.contains($0) }
  }

  /// Whether the first line is a shell command, and the document follows it.
  ///
  /// - Parameter error: the error of the scan.
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

  /// Whether the text is in another language, according to the error at its beginning.
  func isOtherLanguage(_ error: SyntaxError) -> Bool {
    guard error.offset == bytes.firstIndex(where: { $0 > UInt8(ascii: " ") }) else { return false }
    switch error.reason {
    case .unexpected: return true
    // HTML and XML.
    case .placeholder(let text): return text.utf8.first == UInt8(ascii: "<")
    // A single word may be intended as a value.
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
