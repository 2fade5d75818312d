import EnvoyInjector
import TaskDefinitions

/// What is wrong with an option's value: a clause that follows the value, such as
/// `is no whole number`.
struct ValueProblem: Error {
  let text: String
  /// `nil`: what the option is for says enough.
  let fix: String?

  init(_ text: String, fix: String? = nil) {
    self.text = text
    self.fix = fix
  }
}

/// Reads the values of options. What can't be understood is an error, never a default.
enum Value {
  static func flag(_ text: String) throws(ValueProblem) -> Bool {
    switch text {
    case "true", "1": return true
    case "false", "0": return false
    default: throw ValueProblem("'\(text)' is neither true nor false")
    }
  }

  static func integer(_ text: String, _ range: ClosedRange<Int>) throws(ValueProblem) -> Int {
    guard let number = Int(text), text.utf8.first != UInt8(ascii: "+") else {
      throw ValueProblem("'\(text)' is no whole number")
    }
    guard range.contains(number) else {
      throw ValueProblem("\(number) is not from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  static func port(_ text: String) throws(ValueProblem) -> Int { try integer(text, 1...65535) }

  /// One of the words of an enumeration.
  static func word<Word: RawRepresentable & CaseIterable>(
    _ text: String, _ type: Word.Type
  ) throws(ValueProblem) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValueProblem("'\(text)' is none of \(words)")
    }
    return word
  }

  private static let none = "none"

  /// A list that `none` clears.
  static func list<Element>(
    _ values: [String], _ read: (String) throws(ValueProblem) -> Element
  ) throws(ValueProblem) -> [Element] {
    if values == [none] { return [] }
    guard !values.contains(none) else {
      throw ValueProblem(
        "'none' and other values exclude each other", fix: "give 'none' alone, or leave it out")
    }
    var elements: [Element] = []
    for value in values { elements.append(try read(value)) }
    return elements
  }

  /// ECS redirects at most 15 ports and ignores the rest in silence.
  static func ports(_ values: [String]) throws(ValueProblem) -> [Int] {
    var ports: [Int] = []
    for port in try list(values, port) where !ports.contains(port) { ports.append(port) }
    guard ports.count <= 15 else {
      throw ValueProblem("these are \(ports.count) ports, and ECS takes 15 at the most")
    }
    return ports
  }

  /// `NAME=VALUE`, split at the first `=`.
  static func namedValues(_ values: [String]) throws(ValueProblem) -> [NamedValue] {
    let pairs = try list(values, namedValue)
    var names: Set<String> = []
    for pair in pairs where !names.insert(pair.name).inserted {
      throw ValueProblem("'\(pair.name)' is given twice", fix: "give it once")
    }
    return pairs
  }

  private static func namedValue(_ text: String) throws(ValueProblem) -> NamedValue {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      // The text may be a secret: it is not quoted.
      throw ValueProblem("a value is not of the form NAME=VALUE", fix: "write NAME=VALUE")
    }
    return NamedValue(name: String(parts[0]), value: String(parts[1]))
  }

  /// An image, a name, a group: anything that is not empty and holds no blanks.
  static func word(_ text: String) throws(ValueProblem) -> String {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw ValueProblem("'\(text)' is empty or holds blanks")
    }
    return text
  }

  /// What becomes the resource of a permission: IAM takes `*` and `?` for any other characters.
  static func plainName(_ text: String) throws(ValueProblem) -> String {
    guard !text.utf8.contains(where: { "*?".utf8.contains($0) }) else {
      throw ValueProblem(
        "a name holds * or ?, which would allow more than it names", fix: "write the full name")
    }
    return text
  }

  /// At most 255 letters, digits, `_` and `-`.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>
  static func containerName(_ text: String) throws(ValueProblem) -> String {
    let isName = text.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || $0 == "-" || $0 == "_"
    }
    guard isName, (1...255).contains(text.utf8.count) else {
      throw ValueProblem("'\(text)' is no container name: letters, digits, - and _")
    }
    return text
  }

  /// A decimal number from 0 to 1, as it was spelled.
  static func share(_ text: String) throws(ValueProblem) -> String {
    guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "1")).contains(first),
      text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }),
      let number = Double(text), number <= 1
    else { throw ValueProblem("'\(text)' is no number from 0 to 1") }
    return text
  }

  /// An IP address or a CIDR block.
  static func addressBlock(_ text: String) throws(ValueProblem) -> String {
    guard AddressBlock.isValid(text) else {
      throw ValueProblem("'\(text)' is no IP address or CIDR block")
    }
    return text
  }

  static func filterName(_ text: String) throws(ValueProblem) -> String {
    let names = FilterDescription.all.filter(\.canBeDisabled).map(\.name)
    guard names.contains(text) else {
      throw ValueProblem(
        "'\(text)' is no filter",
        fix: Spelling.closest(to: text, among: names).map { "did you mean '\($0)'?" }
          ?? "'inject-envoy filters' lists them")
    }
    return text
  }
}
