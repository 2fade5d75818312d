import CJSONC
import LosslessJSON
import Surroundings

extension JSONValue {
  /// Parses the bytes with json-c in its strict mode.
  ///
  /// - Returns: `nil` if it rejects the bytes or does not consume all of them.
  init?(readByJSONC bytes: [UInt8]) {
    let tokener = json_tokener_new_ex(200)
    defer { json_tokener_free(tokener) }
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8)
    // The zero byte terminates a number at the end of the input.
    let object = (bytes + [0]).withUnsafeBytes {
      json_tokener_parse_ex(
        tokener, $0.assumingMemoryBound(to: CChar.self).baseAddress, Int32($0.count))
    }
    defer { json_object_put(object) }
    guard json_tokener_get_error(tokener) == json_tokener_success,
      json_tokener_get_parse_end(tokener) >= bytes.count
    else { return nil }
    self.init(object)
  }

  private init(_ object: OpaquePointer?) {
    switch json_object_get_type(object) {
    case json_type_boolean: self = .bool(json_object_get_boolean(object) != 0)
    case json_type_int, json_type_double:
      self = .number(String(cString: json_object_get_string(object)))
    case json_type_string:
      let length = Int(json_object_get_string_len(object))
      let bytes = UnsafeRawBufferPointer(start: json_object_get_string(object), count: length)
      self = .string(String(decoding: bytes, as: UTF8.self))
    case json_type_array:
      let count = json_object_array_length(object)
      self = .array((0..<count).map { JSONValue(json_object_array_get_idx(object, $0)) })
    case json_type_object:
      var members: [Member] = []
      var position = json_object_iter_begin(object)
      var end = json_object_iter_end(object)
      while json_object_iter_equal(&position, &end) == 0 {
        let name = String(cString: json_object_iter_peek_name(&position))
        members.append(Member(name, JSONValue(json_object_iter_peek_value(&position))))
        json_object_iter_next(&position)
      }
      self = .object(members)
    default: self = .null
    }
  }
}

/// Python's `json`, with additional checks where it is lenient.
enum StrictPython {
  static let isAvailable = (try? Python.run("print(1)", input: "")) == "1\n"

  /// Whether Python accepts each document.
  static func verdicts(_ documents: [[UInt8]]) throws -> [Bool] {
    let lines = documents.map { bytes in
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    return try Python.run(script, input: lines.joined(separator: "\n") + "\n").map { $0 }
      .filter { $0 != "\n" }.map { $0 == "1" }
  }

  private static let script = #"""
    import json, sys
    def refuse(what): raise ValueError(what)
    def integer(text):
        number = int(text) if len(text) < 30 else refuse(text)
        return number if -2**63 <= number < 2**64 else refuse(text)
    def members(pairs):
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names) or any("\0" in name for name in names): refuse(names)
        return dict(pairs)
    def check(value, depth):
        if isinstance(value, str): value.encode("utf-8")
        if isinstance(value, dict):
            for name in value: check(name, depth)
            value = list(value.values())
        if isinstance(value, list):
            if depth == 128: refuse("depth")
            for element in value: check(element, depth + 1)
    for line in sys.stdin:
        try:
            text = bytes.fromhex(line.strip()).decode("utf-8")
            check(json.loads(text, object_pairs_hook=members, parse_int=integer,
                             parse_float=str, parse_constant=refuse), 0)
            print(1)
        except (ValueError, RecursionError):
            print(0)
    """#
}
