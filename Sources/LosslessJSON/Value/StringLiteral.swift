internal import CJSONC

/// JSON string literals, read and printed by json-c.
enum StringLiteral {
  /// Appends `text` as a literal with its quotes.
  ///
  /// Text without quotes, backslashes and control characters is its own literal; json-c escapes
  /// the rest. `/` stays `/`: image names and ARNs are full of it.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let backslash = UInt8(ascii: "\\")
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != quote && $0 != backslash }) {
      bytes.append(quote)
      bytes += text.utf8
      bytes.append(quote)
      return
    }
    var text = text
    let object = text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) {
        json_object_new_string_len($0.baseAddress, Int32($0.count))
      }
    }
    defer { json_object_put(object) }
    var length = 0
    let printed = json_object_to_json_string_length(object, JSON_C_TO_STRING_NOSLASHESCAPE, &length)
    let literal = UnsafeRawBufferPointer(start: printed, count: printed == nil ? 0 : length)
    bytes.append(contentsOf: literal)
  }

  /// The text that a literal stands for.
  ///
  /// - Parameter literal: the bytes with their quotes; they passed the strict scan, so json-c has
  ///   no chance to change anything silently.
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
