internal import CJSONC

/// JSON string literals, parsed and printed by json-c.
enum StringLiteral {
  /// Appends `text` as a literal with its quotes.
  ///
  /// Text without quotes, backslashes and control characters needs no escapes, and json-c escapes all other
  /// text. `/` is not escaped, because image names and ARNs contain many slashes.
  ///
  /// - Returns: whether the literal has escapes.
  @discardableResult
  static func append(_ text: String, to bytes: inout [UInt8]) -> Bool {
    var text = text
    return text.withUTF8 { utf8 in
      guard utf8.isPlain else {
        appendEscaped(utf8, to: &bytes)
        return true
      }
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: utf8)
      bytes.append(UInt8(ascii: "\""))
      return false
    }
  }

  /// The literal of `text` without its quotes.
  static func content(of text: String) -> [UInt8] {
    var literal: [UInt8] = []
    append(text, to: &literal)
    return Array(literal.dropFirst().dropLast())
  }

  private static func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
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
