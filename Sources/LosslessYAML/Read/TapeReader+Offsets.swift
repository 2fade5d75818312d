/// Offsets that libyaml does not report, or not precisely.
extension TapeReader {
  func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// Skips whitespace and comments (trivia).
  func skipTrivia(from start: Int) -> Int {
    var offset = start
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        offset += 1
      case UInt8(ascii: "#"):
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
      default: return offset
      }
    }
    return offset
  }

  /// The offset of a value after its anchor and tag.
  func contentStart(_ span: Span) -> Int {
    guard span.traits.contains(.properties) else { return span.start }
    var offset = span.start
    while byte(offset) == UInt8(ascii: "&") || byte(offset) == UInt8(ascii: "!") {
      while offset < bytes.count, bytes[offset] > UInt8(ascii: " ") { offset += 1 }
      offset = skipTrivia(from: offset)
    }
    return offset
  }

  /// - Returns: the offset after the colon, or `nil` if the colon is not on the key's line.
  func colon(behind key: Int) -> Int? {
    var offset = key
    while byte(offset) == UInt8(ascii: " ") { offset += 1 }
    return byte(offset) == UInt8(ascii: ":") ? offset + 1 : nil
  }

  /// Corrects the end of a block scalar. libyaml ends it after the blank lines that follow, but they belong
  /// to the scalar only if its header has `+`, or if they are indented more than the scalar. The corrected end
  /// is always before a line break.
  func measureBlockScalar(_ span: inout Span, _ text: String) {
    let header = contentStart(span)
    var (keeps, strips) = (false, false)
    var offset = header + 1
    while byte(offset) > UInt8(ascii: " "), byte(offset) != UInt8(ascii: "#") {
      keeps = keeps || byte(offset) == UInt8(ascii: "+")
      strips = strips || byte(offset) == UInt8(ascii: "-")
      offset += 1
    }
    if !strips { span.traits.insert(.endsWithLineEnd) }
    if keeps || text.endsWithBlankLine {
      span.end = endBeforeLineEnd(span.end)
      return
    }
    while span.end > header, isBlankLine(before: span.end) || byte(span.end - 1) == 0x0A {
      let line = bytes[..<span.end].lastIndex(of: 0x0A) ?? header
      span.end = endBeforeLineEnd(line + 1)
    }
  }

  /// Whether the line up to this offset has only spaces.
  private func isBlankLine(before end: Int) -> Bool {
    let blanks = bytes[..<end].reversed().prefix { $0 == UInt8(ascii: " ") || $0 == 0x0D }
    return blanks.count < end && bytes[end - blanks.count - 1] == 0x0A
  }

  /// - Parameter offset: an offset after a line break, or the end of the text.
  private func endBeforeLineEnd(_ offset: Int) -> Int {
    guard offset > 0, bytes[offset - 1] == 0x0A else { return offset }
    return offset > 1 && bytes[offset - 2] == 0x0D ? offset - 2 : offset - 1
  }
}

extension String {
  /// Whether the last non-empty line of the text has only spaces.
  fileprivate var endsWithBlankLine: Bool {
    let lines = utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard let last = lines.last(where: { !$0.isEmpty }) else { return false }
    return last.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }
}
