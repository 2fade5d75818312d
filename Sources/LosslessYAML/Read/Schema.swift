internal import LosslessJSON

/// The rules for reading plain scalars.
enum Schema {
  /// The core schema of YAML 1.2, if JSON has the value. `yes`, `off` and `0x1F` are strings.
  case core
  /// YAML 1.1, which CloudFormation and most of its tools read: `yes` is true, `010` is eight.
  /// Timestamps, and numbers that JSON does not have, are strings.
  /// <https://yaml.org/type/>
  case yaml11

  func value(of text: String) -> JSONValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    case "yes", "Yes", "YES", "on", "On", "ON": return self == .core ? .string(text) : true
    case "no", "No", "NO", "off", "Off", "OFF": return self == .core ? .string(text) : false
    default: break
    }
    guard let first = text.utf8.first, first < UInt8(ascii: ":") else { return .string(text) }
    let spelling = self == .core ? text : Number11(text)?.spelling ?? ""
    // If the spelling is printed without quotes, it is a JSON number of at most 64 bits.
    let number = JSONValue.number(spelling)
    return number.compactText.utf8.elementsEqual(spelling.utf8) ? number : .string(text)
  }
}

/// A number of YAML 1.1 in JSON's spelling.
private struct Number11 {
  let spelling: String

  /// - Returns: `nil` for other texts.
  init?(_ text: String) {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    let plain = String(decoding: digits.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    guard digits.first != UInt8(ascii: "_"),
      let magnitude = Self.integer(plain)
        ?? Self.fraction(plain, hasSign: digits.count < text.utf8.count)
    else { return nil }
    spelling = (isNegative ? "-" : "") + magnitude
  }

  private static func integer(_ text: String) -> String? {
    if text.hasPrefix("0b") { return value(text.dropFirst(2), radix: 2) }
    if text.hasPrefix("0x") { return value(text.dropFirst(2), radix: 16) }
    if text.hasPrefix("0"), text.utf8.count > 1 { return value(text.dropFirst(), radix: 8) }
    if text.utf8.contains(UInt8(ascii: ":")) { return sexagesimal(text) }
    return isDigits(text.utf8[...]) ? text : nil
  }

  /// `190:20:30`: base 60.
  private static func sexagesimal(_ text: String) -> String? {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var sum: UInt64 = 0
    for (index, part) in parts.enumerated() {
      guard isDigits(part), let digits = String(part).flatMap(UInt64.init),
        index == 0 || (part.count < 3 && digits < 60)
      else { return nil }
      let (product, overflows) = sum.multipliedReportingOverflow(by: 60)
      guard !overflows, product < .max - 60 else { return nil }
      sum = product + digits
    }
    return String(sum)
  }

  /// JSON requires digits on both sides of the point.
  private static func fraction(_ text: String, hasSign: Bool) -> String? {
    let parts = text.utf8.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 | 0x20 == 0x65 })
    let mantissa = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard mantissa.count == 2, mantissa.contains(where: { !$0.isEmpty }),
      mantissa.allSatisfy({ $0.isEmpty || isDigits($0) }), !mantissa[0].isEmpty || !hasSign
    else { return nil }
    var exponent = ""
    if parts.count == 2 {
      guard let sign = parts[1].first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+"),
        isDigits(parts[1].dropFirst())
      else { return nil }
      exponent = "e" + (String(parts[1]) ?? "")
    }
    let whole = String(mantissa[0].drop { $0 == UInt8(ascii: "0") }) ?? ""
    let decimals = String(mantissa[1]) ?? ""
    return (whole.isEmpty ? "0" : whole) + "." + (decimals.isEmpty ? "0" : decimals) + exponent
  }

  private static func value(_ digits: Substring, radix: Int) -> String? {
    guard digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-") else {
      return nil
    }
    return UInt64(digits, radix: radix).map { String($0) }
  }

  private static func isDigits(_ text: Substring.UTF8View) -> Bool {
    !text.isEmpty && text.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }
}

/// An intrinsic function of CloudFormation in its short form, which is a tag.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>
struct Intrinsic {
  /// The name of the only member of the long form.
  let name: String
  /// Whether the text is split into a list, as in `!GetAtt Resource.Attribute`.
  let splitsText: Bool

  /// - Returns: `nil` if the tag is not an intrinsic function.
  init?(tag: String) {
    let name = tag.dropFirst()
    guard tag.utf8.first == UInt8(ascii: "!"), Self.names.contains(String(name)) else {
      return nil
    }
    self.name = Self.bare.contains(String(name)) ? String(name) : "Fn::" + name
    splitsText = name == "GetAtt"
  }

  private static let bare: Set<String> = ["Ref", "Condition"]
  private static let names: Set<String> = [
    "Ref", "Condition", "And", "Base64", "Cidr", "Contains", "EachMemberEquals", "EachMemberIn",
    "Equals", "FindInMap", "ForEach", "GetAtt", "GetAZs", "GetStackOutput", "If", "ImportValue",
    "Join", "Length", "Not", "Or", "RefAll", "Select", "Split", "Sub", "ToJsonString", "Transform",
    "ValueOf", "ValueOfAll",
  ]
}
