/// Finds values in a text that cannot be read as a document.
///
/// It is unknown which name belongs to which value, so every `value` counts as a secret, as does every value
/// whose own name marks a secret.
enum UnreadableText {
  private static let names: Set<String> = ["value", "Value", "Default"]

  /// The places of secrets, in bytes, in order.
  static func secrets(in bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var index = 0
    while let colon = bytes[index...].firstIndex(of: UInt8(ascii: ":")) {
      index = colon + 1
      let name = name(before: colon, in: bytes)
      guard names.contains(name) || SecretName.announcesSecret(name) else { continue }
      let range = value(after: index, in: bytes)
      if !range.isEmpty { ranges.append(range) }
      index = range.upperBound
    }
    return ranges
  }

  /// The text with every byte of a secret replaced by a star, so that offsets stay the same.
  static func starred(_ bytes: [UInt8], _ secrets: [Range<Int>]) -> [UInt8] {
    var starred = bytes
    for range in secrets {
      for index in range { starred[index] = UInt8(ascii: "*") }
    }
    return starred
  }

  /// The word before a colon, with or without quotes.
  private static func name(before colon: Int, in bytes: [UInt8]) -> String {
    var end = colon
    while end > 0, bytes[end - 1] <= 0x20 || isQuote(bytes[end - 1]) { end -= 1 }
    var start = end
    while start > 0, isWord(bytes[start - 1]) { start -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A quoted text up to its end, or the text up to a comma or bracket on the same line.
  private static func value(after colon: Int, in bytes: [UInt8]) -> Range<Int> {
    let start = bytes[colon...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.endIndex
    // Reads only the value, because the whole document can be on one line.
    guard start < bytes.endIndex, isQuote(bytes[start]) else {
      return start..<(bytes[start...].firstIndex { ",]}\n".utf8.contains($0) } ?? bytes.endIndex)
    }
    let quote = bytes[start]
    var isEscaped = false
    for index in (start + 1)..<bytes.endIndex {
      if bytes[index] == UInt8(ascii: "\n") || (!isEscaped && bytes[index] == quote) {
        return start + 1..<index
      }
      isEscaped = !isEscaped && bytes[index] == UInt8(ascii: "\\")
    }
    return start + 1..<bytes.endIndex
  }

  private static func isQuote(_ byte: UInt8) -> Bool { #""'"#.utf8.contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "_-./".utf8.contains(byte)
    }
  }
}
