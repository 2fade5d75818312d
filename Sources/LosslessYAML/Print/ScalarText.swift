internal import LosslessJSON

/// The spelling of generated scalars and empty collections. It is plain if every parser of YAML 1.1 and 1.2
/// reads it as that string, and in double quotes otherwise.
enum ScalarText {
  enum Context {
    case block
    /// Inside brackets.
    case flow
  }

  static func text(of value: JSONValue, in context: Context) -> String {
    switch value {
    case .string(let text): isPlain(text, in: context) ? text : quoted(text)
    case .number(let spelling): number(spelling)
    case .array: "[]"
    case .object: "{}"
    default: value.compactText
    }
  }

  /// Quotes names such as `on`, which parsers read differently as well.
  static func name(_ text: String, in context: Context) -> String {
    isPlain(text, in: context) ? text : quoted(text)
  }

  /// YAML 1.1 requires a point and a sign of the exponent, while JSON does not.
  private static func number(_ spelling: String) -> String {
    guard JSONValue.number(spelling).compactText.utf8.first != UInt8(ascii: "\"") else {
      return quoted(spelling)
    }
    let parts = spelling.utf8.split { $0 | 0x20 == UInt8(ascii: "e") }
    guard parts.count == 2, let mantissa = String(parts[0]), let power = String(parts[1]) else {
      return spelling
    }
    let hasPoint = mantissa.utf8.contains(UInt8(ascii: "."))
    let hasSign = power.hasPrefix("-") || power.hasPrefix("+")
    return mantissa + (hasPoint ? "" : ".0") + "e" + (hasSign ? "" : "+") + power
  }

  private static func isPlain(_ text: String, in context: Context) -> Bool {
    let utf8 = text.utf8
    guard let first = utf8.first, utf8.last != UInt8(ascii: " "), utf8.last != UInt8(ascii: ":"),
      !leading.contains(first), !words.contains(text.lowercased()), !looksLikeNumber(text),
      text.unicodeScalars.allSatisfy({ isPrintable($0) })
    else { return false }
    if context == .flow, utf8.contains(where: { flowOnly.contains($0) }) { return false }
    // `: ` would start a value, and ` #` a comment.
    return !zip(utf8, utf8.dropFirst()).contains { left, right in
      left == UInt8(ascii: ":") && right == UInt8(ascii: " ")
        || left == UInt8(ascii: " ") && right == UInt8(ascii: "#")
    }
  }

  /// Whether the text consists of characters of numbers, dates and times in any version of YAML.
  private static func looksLikeNumber(_ text: String) -> Bool {
    guard let first = text.utf8.first, numberStarts.contains(first) else { return false }
    let isDate = text.utf8.count > 7 && text.utf8.dropFirst(4).first == UInt8(ascii: "-")
    return isDate || text.utf8.allSatisfy { numberBytes.contains($0) }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: true
    case 0xA0...: !unprintable.contains(scalar.value) && scalar.value & 0xFFFE != 0xFFFE
    default: false
    }
  }

  private static func quoted(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case _ where isPrintable(scalar): output.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        output += width == 8 ? "\\U" : "\\u"
        output += String(repeating: "0", count: width - digits.utf8.count) + digits
      }
    }
    return output + "\""
  }

  private static let leading = Set("-?:,[]{}#&*!|>'\"%@`=~ ".utf8)
  private static let flowOnly = Set(",[]{}:".utf8)
  private static let numberStarts = Set("0123456789+-.".utf8)
  private static let numberBytes = Set("0123456789+-._,:abcdefoxABCDEFOX".utf8)
  private static let words: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "...", ".inf", ".nan",
    "+.inf", "-.inf",
  ]
  /// LS, PS and the byte order mark.
  private static let unprintable: Set<UInt32> = [0x2028, 0x2029, 0xFEFF]
}
