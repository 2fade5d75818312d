public import LosslessJSON

/// Prints values as unusual JSON, with any white space and escapes. Most of a document has one style, and some
/// parts have others.
public struct RandomJSONText {
  private var seed: Seed
  private let newline: String
  private let unit: String
  /// Whether containers are spread over lines, by default.
  private let isSpread: Bool
  private let oddity: Int

  public init(_ seed: inout Seed) {
    newline = seed.pick(["\n", "\n", "\n", "\r\n"])
    unit = seed.pick(["  ", "    ", "\t", " ", ""])
    isSpread = seed.chance(75)
    oddity = seed.pick([0, 0, 5, 40])
    self.seed = seed.part()
  }

  public mutating func document(_ value: JSONValue) -> [UInt8] {
    let before = seed.pick(["", "", "", "\n", "  ", "\t\r\n"])
    let after = seed.pick(["", "\n", "\n", " \n\n"])
    return Array((before + text(value, level: 0) + after).utf8)
  }

  private mutating func text(_ value: JSONValue, level: Int) -> String {
    switch value {
    case .string(let string): return literal(string)
    case .array(let elements):
      return list("[", elements.count, "]", level) { text, index in
        text.text(elements[index], level: level + 1)
      }
    case .object(let members):
      return list("{", members.count, "}", level) { text, index in
        text.literal(members[index].name) + text.colon()
          + text.text(members[index].value, level: level + 1)
      }
    default: return value.compactText
    }
  }

  private mutating func list(
    _ open: String, _ count: Int, _ close: String, _ level: Int,
    _ child: (inout Self, Int) -> String
  ) -> String {
    let spreads = seed.chance(oddity) ? !isSpread : isSpread
    var text = open
    for index in 0..<count {
      if index > 0 { text += odd() + "," }
      text += gap(spreads, level + 1, isFirst: index == 0) + child(&self, index)
    }
    return text + (count == 0 ? odd() : gap(spreads, level, isFirst: true)) + close
  }

  private mutating func gap(_ spreads: Bool, _ level: Int, isFirst: Bool) -> String {
    if seed.chance(oddity) { return odd() }
    if spreads { return newline + String(repeating: unit, count: level) }
    return isFirst ? "" : " "
  }

  private mutating func colon() -> String { odd() + ":" + (seed.chance(oddity) ? odd() : " ") }

  private mutating func odd() -> String {
    guard seed.chance(oddity) else { return "" }
    return seed.pick(["", " ", "\t", "\n", "\r\n", "\n   ", "  \n\t"])
  }

  private mutating func literal(_ string: String) -> String {
    guard seed.chance(oddity / 4) else { return JSONValue.string(string).compactText }
    let units = string.utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: seed.chance(50))
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"" + units.joined() + "\""
  }
}
