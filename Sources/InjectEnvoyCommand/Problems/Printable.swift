import LosslessJSON

/// Makes text safe to print on a terminal and in the log of a workflow. Text from a document or a file
/// name must not act as an escape sequence, a separate line, or a workflow command.
enum Printable {
  /// - Returns: one line. Control characters and line ends become `\u{1B}`-like escapes.
  static func line(_ text: String) -> String {
    guard !isPlain(text) else { return text }
    var line = ""
    for scalar in text.unicodeScalars {
      line += isUnsafe(scalar) ? escape(scalar) : String(scalar)
    }
    return withoutCommand(line)
  }

  /// Makes each line of a text safe.
  static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }
      .joined(separator: "\n")
  }

  /// Makes lines of a diff safe. Tabs and line ends stay.
  static func contents(_ bytes: [UInt8]) -> [UInt8] {
    guard mayBeUnsafe(bytes) else { return bytes }
    var contents: [UInt8] = []
    contents.reserveCapacity(bytes.count)
    for piece in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if !contents.isEmpty || piece.startIndex > 0 { contents.append(UInt8(ascii: "\n")) }
      contents += content(piece)
    }
    return contents
  }

  /// Whether a text has a byte that ``isUnsafe(_:)`` may reject, or lines that may be workflow commands. All lines
  /// of JSON have single colons.
  private static func mayBeUnsafe(_ text: some Collection<UInt8>) -> Bool {
    var previous = UInt8(ascii: "\n")
    for byte in text {
      switch byte {
      case UInt8(ascii: "#"), UInt8(ascii: ":"): if byte == previous { return true }
      case 0..<0x09, 0x0B..<0x20, 0x7F...: return true
      default: break
      }
      previous = byte
    }
    return false
  }

  private static func content(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard mayBeUnsafe(line) else { return line }
    let end = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    let text = String(decoding: end, as: UTF8.self)
    let isSafe = text.unicodeScalars.allSatisfy { $0 == "\t" || !isUnsafe($0) }
    let escaped = withoutCommand(
      isSafe
        ? text
        : text.unicodeScalars.map { $0 != "\t" && isUnsafe($0) ? escape($0) : String($0) }.joined())
    return escaped == text ? line : ArraySlice(escaped.utf8) + line[end.endIndex...]
  }

  /// A value as JSON text with a line end, on one line or indented.
  static func json(_ value: JSONValue, _ layout: Layout = .compact) -> String {
    json(layout == .pretty ? value.prettyText : value.compactText) + "\n"
  }

  /// Escapes unsafe characters in JSON text. Only its strings can contain control characters beyond ASCII.
  private static func json(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value >= 0x7F && isUnsafe($0) }) else {
      return text
    }
    return text.unicodeScalars.map { scalar in
      scalar.value >= 0x7F && isUnsafe(scalar) ? jsonEscape(scalar) : String(scalar)
    }.joined()
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
      && !text.drop { $0 == " " }.hasPrefix("::")
  }

  /// Control characters, line separators, and characters that change the direction of the text.
  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E,
      0x2066...0x2069:
      true
    default: false
    }
  }

  /// GitHub's runner executes lines that begin with `::` and lines that contain `##[`.
  /// <https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs>
  private static func withoutCommand(_ line: String) -> String {
    let blanks = line.prefix { $0.isWhitespace }
    let rest = line.dropFirst(blanks.count)
    let start = rest.hasPrefix("::") ? "\(blanks)\\\(rest)" : line
    return start.split(separator: "##[", omittingEmptySubsequences: false).joined(
      separator: "##\\[")
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: jsonEscape(scalar)
    }
  }

  private static func jsonEscape(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
  }
}
