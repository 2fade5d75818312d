internal import CJSONC

/// JSON string literals. json-c parses them, and prints those with control characters.
enum StringLiteral {
  /// Appends `text` as a literal with its quotes.
  ///
  /// `/` is not escaped, because image names and ARNs contain many slashes.
  ///
  /// - Returns: whether the literal has escapes.
  @discardableResult
  static func append(_ text: String, to bytes: inout [UInt8]) -> Bool {
    var text = text
    return text.withUTF8 { append($0, to: &bytes) }
  }

  private static func append(
    _ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]
  ) -> Bool {
    if utf8.isPlain {
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: utf8)
      bytes.append(UInt8(ascii: "\""))
      return false
    }
    if utf8.contains(where: { $0 < 0x20 }) {
      appendControls(utf8, to: &bytes)
    } else {
      appendQuotes(utf8, to: &bytes)
    }
    return true
  }

  /// The literal of a text without its quotes.
  static func content(of text: String) -> [UInt8] {
    var text = text
    return text.withUTF8(content)
  }

  /// The literal of a text in UTF-8 without its quotes.
  static func content(of utf8: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var literal: [UInt8] = []
    // A configuration has a quote for every ten bytes.
    literal.reserveCapacity(utf8.count + utf8.count / 8 + 2)
    _ = append(utf8, to: &literal)
    return Array(literal[1..<literal.count - 1])
  }

  /// Appends a text in which only quotes and backslashes need escapes, as in nearly every text that needs
  /// any. An embedded configuration has about a thousand.
  private static func appendQuotes(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var rest = 0
    while rest < utf8.count {
      let next = utf8.firstQuoteOrBackslash(from: rest)
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[rest..<next]))
      guard next < utf8.count else { break }
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(utf8[next])
      rest = next + 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendControls(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    let object = utf8.withMemoryRebound(to: CChar.self) {
      json_object_new_string_len($0.baseAddress, Int32($0.count))
    }
    defer { json_object_put(object) }
    var length = 0
    let printed = json_object_to_json_string_length(object, JSON_C_TO_STRING_NOSLASHESCAPE, &length)
    let literal = UnsafeRawBufferPointer(start: printed, count: printed == nil ? 0 : length)
    bytes.append(contentsOf: literal)
  }

  /// The decoded text of a literal.
  ///
  /// - Parameter literal: the bytes with their quotes. The scanner has accepted them, so json-c cannot
  /// silently change anything.
  static func decode(_ literal: UnsafeRawBufferPointer) -> String {
    let tokener = json_tokener_new()
    defer { json_tokener_free(tokener) }
    let text = literal.assumingMemoryBound(to: CChar.self)
    let object = json_tokener_parse_ex(tokener, text.baseAddress, Int32(literal.count))
    defer { json_object_put(object) }
    let length = Int(json_object_get_string_len(object))
    let decoded = UnsafeRawBufferPointer(start: json_object_get_string(object), count: length)
    return String(decoding: decoded, as: UTF8.self)
  }
}
