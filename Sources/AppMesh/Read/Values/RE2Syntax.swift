/// Checks a regular expression against the syntax of RE2, Envoy's engine.
///
/// Unlike other engines, RE2 does not support look-around, back references, possessive quantifiers, or
/// repetition counts over 1000: <https://github.com/google/re2/wiki/Syntax>. Envoy rejects its whole
/// configuration if RE2 rejects one of its expressions.
struct RE2Syntax {
  /// The reason why RE2 rejects an expression. A clause for messages.
  struct Refusal: Error, Hashable {
    let reason: String
  }

  static let maximumRepetition = 1000

  /// An open group, or the whole expression.
  private struct Group {
    /// The largest product of nested repetition counts in the group.
    var product = 1
    /// The same product for the last item, or `nil` if a quantifier has nothing to repeat here.
    var item: Int?
    var isQuantified = false
  }

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var groups = [Group()]

  /// - Returns: `nil` if RE2 accepts the expression.
  static func refusal(of expression: String) -> Refusal? {
    var syntax = RE2Syntax(expression)
    do throws(Refusal) {
      try syntax.check()
      return nil
    } catch {
      return error
    }
  }

  private init(_ expression: String) { scalars = Array(expression.unicodeScalars) }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    let index = position + offset
    return scalars.indices.contains(index) ? scalars[index] : nil
  }

  private mutating func skip(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  private mutating func check() throws(Refusal) {
    while let scalar = peek() {
      switch scalar {
      case "(": try open()
      case ")":
        guard groups.count > 1 else { throw Refusal(reason: "a ')' does not have a '('") }
        position += 1
        let inner = groups.removeLast()
        add(item: inner.product)
      case "|":
        position += 1
        groups[groups.count - 1].item = nil
      case "*", "+", "?": try quantify(by: 1, length: 1)
      case "{":
        if let (count, length) = try repetition() {
          try quantify(by: count, length: length)
        } else {
          position += 1
          add(item: 1)
        }
      case "[": try characterClass()
      case "\\": try escape()
      default:
        position += 1
        add(item: 1)
      }
    }
    guard groups.count == 1 else { throw Refusal(reason: "a '(' does not have a ')'") }
  }

  private mutating func add(item: Int) {
    groups[groups.count - 1].item = item
    groups[groups.count - 1].isQuantified = false
    groups[groups.count - 1].product = max(groups[groups.count - 1].product, item)
  }

  private mutating func quantify(by count: Int, length: Int) throws(Refusal) {
    let text = String(String.UnicodeScalarView(scalars[position..<position + length]))
    let group = groups[groups.count - 1]
    guard let item = group.item else {
      throw Refusal(reason: "'\(text)' does not have anything to repeat")
    }
    guard !group.isQuantified else {
      throw Refusal(
        reason: "'\(text)' follows another quantifier (RE2 does not have possessive quantifiers)")
    }
    guard item * count <= Self.maximumRepetition else {
      throw Refusal(
        reason: "an item is repeated more than \(Self.maximumRepetition) times")
    }
    position += length
    if peek() == "?" { position += 1 }
    add(item: item * count)
    groups[groups.count - 1].isQuantified = true
  }

  /// Parses `{2}`, `{2,}` or `{2,5}`. Other text in braces is literal.
  private func repetition() throws(Refusal) -> (count: Int, length: Int)? {
    guard let end = scalars[position...].firstIndex(of: "}") else { return nil }
    let text = String(String.UnicodeScalarView(scalars[position + 1..<end]))
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let least = Self.number(parts[0]) else { return nil }
    var most = least
    if parts.count == 2, !parts[1].isEmpty {
      guard let number = Self.number(parts[1]) else { return nil }
      most = number
    }
    guard most >= least else { throw Refusal(reason: "'{\(text)}' is an invalid repetition") }
    guard most <= Self.maximumRepetition else {
      throw Refusal(
        reason: "'{\(text)}' repeats more than \(Self.maximumRepetition) times")
    }
    return (max(most, 1), end - position + 1)
  }

  /// Parses a count like RE2: without leading zeros, and with at most eight digits.
  private static func number(_ text: Substring) -> Int? {
    guard text.allSatisfy({ ("0"..."9").contains($0) }), text.count <= 8,
      text.count == 1 || text.first != "0"
    else { return nil }
    return Int(text)
  }

  private mutating func open() throws(Refusal) {
    position += 1
    guard skip("?") else { return groups.append(Group()) }
    if skip("P<") || (peek() == "<" && peek(1) != "=" && peek(1) != "!" && skip("<")) {
      return try openNamed()
    }
    for (start, construct) in Self.otherGroups where skip(start) {
      throw Refusal(reason: "RE2 does not have \(construct) ('(?\(start)')")
    }
    var flags: [Unicode.Scalar] = []
    while let scalar = peek(), scalar != ":", scalar != ")" {
      guard "imsU-".unicodeScalars.contains(scalar) else {
        throw Refusal(reason: "RE2 does not have groups that begin with '(?\(scalar)'")
      }
      flags.append(scalar)
      position += 1
    }
    guard let end = peek() else { throw Refusal(reason: "a '(' does not have a ')'") }
    guard flags.last != "-", flags.count(where: { $0 == "-" }) < 2, end == ":" || !flags.isEmpty
    else { throw Refusal(reason: "a group's flags are invalid") }
    position += 1
    if end == ":" { groups.append(Group()) }
  }

  private static let otherGroups = [
    ("=", "look-ahead"), ("!", "look-ahead"), ("<=", "look-behind"), ("<!", "look-behind"),
    (">", "atomic groups"), ("#", "comments"), ("P=", "back references"), ("P>", "recursion"),
    ("|", "branch resets"), ("(", "conditions"),
  ]

  private mutating func openNamed() throws(Refusal) {
    guard let end = scalars[position...].firstIndex(of: ">") else {
      throw Refusal(reason: "the name of a group does not end")
    }
    let name = String(String.UnicodeScalarView(scalars[position..<end]))
    guard !name.isEmpty, name.unicodeScalars.allSatisfy({ $0 == "_" || $0.properties.isWord })
    else { throw Refusal(reason: "'\(name)' is not a name for a group") }
    position = end + 1
    groups.append(Group())
  }

  private mutating func escape() throws(Refusal) {
    if skip("\\Q") {
      while peek() != nil, !skip("\\E") {
        position += 1
        add(item: 1)
      }
      return
    }
    if peek(1).map({ "AbBzC".unicodeScalars.contains($0) }) == true {
      position += 2
      return add(item: 1)
    }
    _ = try escaped()
    add(item: 1)
  }

  /// The character that an escape represents, or `nil` if it represents several.
  private mutating func escaped() throws(Refusal) -> Unicode.Scalar? {
    guard let scalar = peek(1) else { throw Refusal(reason: "it ends with '\\'") }
    position += 2
    switch scalar {
    case "d", "D", "s", "S", "w", "W": return nil
    case "p", "P":
      try property()
      return nil
    case "a", "f", "n", "r", "t", "v": return scalar
    case "x": return try hexadecimal()
    case "0"..."7":
      let isOctal = peek().map { ("0"..."7").contains($0) } == true
      guard scalar == "0" || isOctal else {
        throw Refusal(reason: "RE2 does not have back references ('\\\(scalar)')")
      }
      var value = scalar.value - 48
      for _ in 0..<2 {
        guard let digit = peek(), ("0"..."7").contains(digit) else { break }
        value = value * 8 + digit.value - 48
        position += 1
      }
      return Unicode.Scalar(value)
    case "8", "9": throw Refusal(reason: "RE2 does not have back references ('\\\(scalar)')")
    default:
      guard scalar.isASCII, !scalar.properties.isAlphabetic, scalar != "_", scalar.value >= 0x20
      else {
        throw Refusal(reason: "RE2 does not have the escape '\\\(scalar)'")
      }
      return scalar
    }
  }

  /// Parses the rest of `\x7F` or `\x{7F}`. Envoy's expressions match bytes, so 255 is the maximum.
  private mutating func hexadecimal() throws(Refusal) -> Unicode.Scalar? {
    var digits = ""
    if skip("{") {
      while let scalar = peek(), scalar != "}" {
        digits.unicodeScalars.append(scalar)
        position += 1
      }
      guard skip("}") else { throw Refusal(reason: "an escape '\\x{' does not end") }
    } else {
      for _ in 0..<2 {
        if let scalar = peek() { digits.unicodeScalars.append(scalar) }
        position += 1
      }
      position = min(position, scalars.count)
    }
    guard digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16), value <= 0xFF
    else { throw Refusal(reason: "'\\x' is followed by '\(digits)', which is not a character") }
    return Unicode.Scalar(value)
  }

  /// Parses the rest of `\pL` or `\p{Greek}`.
  private mutating func property() throws(Refusal) {
    var name = ""
    if skip("{") {
      while let scalar = peek(), scalar != "}" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
      guard skip("}") else { throw Refusal(reason: "an escape '\\p{' does not end") }
    } else if let scalar = peek() {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    if name.hasPrefix("^") { name.removeFirst() }
    guard !name.isEmpty,
      name.unicodeScalars.allSatisfy({ $0 == "_" || $0.properties.isAlphabetic }),
      name.first?.isUppercase == true, name.count > 2 || Self.categories.contains(name)
    else { throw Refusal(reason: "'\(name)' is not a Unicode class") }
  }

  /// The general categories that RE2 supports. Longer names are scripts.
  private static let categories: Set<String> = [
    "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N",
    "Nd",
    "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z",
    "Zl", "Zp", "Zs", "Yi",
  ]

  private mutating func characterClass() throws(Refusal) {
    position += 1
    _ = skip("^")
    var isFirst = true
    while isFirst || peek() != "]" {
      guard peek() != nil else { throw Refusal(reason: "a '[' does not have a ']'") }
      isFirst = false
      if try namedClass() { continue }
      guard let low = try classCharacter() else { continue }
      guard peek() == "-", let next = peek(1), next != "]" else { continue }
      position += 1
      guard let high = try classCharacter(), high.value >= low.value else {
        throw Refusal(reason: "a range in '[…]' is invalid")
      }
    }
    position += 1
    add(item: 1)
  }

  /// Parses a class such as `[:alpha:]`.
  private mutating func namedClass() throws(Refusal) -> Bool {
    guard peek() == "[", peek(1) == ":" else { return false }
    var end = position + 2
    while end + 1 < scalars.count, !(scalars[end] == ":" && scalars[end + 1] == "]") { end += 1 }
    guard end + 1 < scalars.count else { return false }
    var name = String(String.UnicodeScalarView(scalars[position + 2..<end]))
    if name.hasPrefix("^") { name.removeFirst() }
    guard Self.namedClasses.contains(name) else {
      throw Refusal(reason: "'[:\(name):]' is not a class of characters")
    }
    position = end + 2
    return true
  }

  private static let namedClasses: Set<String> = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
    "space", "upper", "word", "xdigit",
  ]

  private mutating func classCharacter() throws(Refusal) -> Unicode.Scalar? {
    guard let scalar = peek() else { throw Refusal(reason: "a '[' does not have a ']'") }
    guard scalar == "\\" else {
      position += 1
      return scalar
    }
    return try escaped()
  }
}

extension Unicode.Scalar.Properties {
  /// Whether the character can be in the name of a group.
  fileprivate var isWord: Bool { isAlphabetic || numericType != nil }
}
