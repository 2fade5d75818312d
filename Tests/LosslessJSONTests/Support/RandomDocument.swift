import LosslessJSON

/// A deterministic generator (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &self) == 0 }

  mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }
}

/// Strict JSON in all spellings: the white space, escapes, numbers and layouts that people and programs
/// write, and some that nobody writes.
struct RandomDocument {
  enum Style: CaseIterable {
    case compact, oneLine, indented, hugging, commaFirst, chaotic
  }

  var random: SeededRandom
  let style: Style
  private let newline: String
  private let unit: String

  init(seed: Int) {
    random = SeededRandom(seed: seed)
    style = Style.allCases[seed % Style.allCases.count]
    newline = random.pick(["\n", "\n", "\r\n"])
    unit = random.pick(["  ", "    ", "\t"])
  }

  /// A whole document whose root is a container.
  mutating func text() -> String {
    let root = container(depth: 0)
    return style == .chaotic ? space() + root + space() : root + random.pick(["", newline])
  }

  /// A value to insert.
  mutating func value(depth: Int = 2) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
    case 0: .null
    case 1: .bool(random.chance(2))
    case 2: .number(random.pick(Self.numbers))
    case 3, 4: .string(string(nul: true))
    case 5: .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth: depth - 1) })
    default:
      .object(
        (0..<Int.random(in: 0..<4, using: &random)).map {
          .init("\(string(nul: false))\($0)", value(depth: depth - 1))
        })
    }
  }

  private mutating func any(depth: Int) -> String {
    if depth < 4, random.chance(3) { return container(depth: depth) }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return random.pick(["true", "false", "null"])
    case 1: return random.pick(Self.numbers)
    default: return literal(string(nul: true))
    }
  }

  private mutating func container(depth: Int) -> String {
    let isObject = random.chance(2)
    let count = random.chance(5) ? 0 : Int.random(in: 1..<6, using: &random)
    var text = isObject ? "{" : "["
    for index in 0..<count {
      text += gap(before: index, depth: depth + 1)
      if isObject { text += literal("\(string(nul: false))\(index)") + colon() }
      text += any(depth: depth + 1)
    }
    text += count == 0 ? hollow(depth: depth) : closing(depth: depth)
    return text + (isObject ? "}" : "]")
  }

  private mutating func gap(before index: Int, depth: Int) -> String {
    let line = newline + String(repeating: unit, count: depth)
    return switch style {
    case .compact: index > 0 ? "," : ""
    case .oneLine: index > 0 ? ", " : ""
    case .indented: (index > 0 ? "," : "") + (random.chance(9) ? newline : "") + line
    case .hugging: index > 0 ? ", " : (depth % 2 == 0 ? line : "")
    case .commaFirst: index > 0 ? line + ", " : line + "  "
    case .chaotic: space() + (index > 0 ? "," : "") + space()
    }
  }

  private mutating func closing(depth: Int) -> String {
    switch style {
    case .compact, .oneLine: ""
    case .indented, .commaFirst: newline + String(repeating: unit, count: depth)
    case .hugging: depth % 2 == 1 ? newline + String(repeating: unit, count: depth) : ""
    case .chaotic: space()
    }
  }

  private mutating func hollow(depth: Int) -> String {
    switch style {
    case .chaotic: space()
    case .indented: random.pick(["", newline + String(repeating: unit, count: depth)])
    default: random.pick(["", " "])
    }
  }

  private mutating func colon() -> String {
    switch style {
    case .compact: ":"
    case .chaotic: space() + ":" + space()
    default: ": "
    }
  }

  private mutating func space() -> String {
    random.pick(["", "", " ", "  ", "\n", "\r\n", "\t", "\r", "\n\n  ", "\n            ", " \n\t"])
  }

  private mutating func string(nul: Bool) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<8, using: &random) {
      let scalar = random.pick(Self.scalars)
      if nul || scalar != "\0" { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  /// Escapes all characters that need it, and some others.
  private mutating func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || random.chance(8) {
        literal += escape(scalar)
      } else {
        literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }

  private mutating func escape(_ scalar: Unicode.Scalar) -> String {
    if let short = Self.short[scalar], random.chance(2) { return "\\" + short }
    return String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: random.chance(2))
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  private static let short: [Unicode.Scalar: String] = [
    "\"": "\"", "\\": "\\", "/": "/", "\u{8}": "b", "\u{C}": "f", "\n": "n", "\r": "r", "\t": "t",
  ]
  private static let scalars: [Unicode.Scalar] =
    Array("abcdefghijklmnopqrstuvwxyz/ ,:{}[]\"\\\n\t".unicodeScalars)
    + ["\0", "\u{1}", "\u{1F}", "\u{7F}", "é", "e", "\u{301}", "€", "\u{2028}", "\u{FFFD}", "😀"]
    + ["\u{10FFFF}", "\u{FEFF}", "\u{D7FF}", "\u{E000}", "\u{8}", "\u{C}", "\r"]
  private static let numbers = [
    "0", "-0", "1", "-1", "256", "1.50", "0.10", "-0.0", "1e3", "1E+3", "1.5e-7", "1e400",
    "9223372036854775807", "-9223372036854775808", "18446744073709551615", "0.1234567890123456789",
  ]
}
