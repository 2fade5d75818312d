import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The form of an option's values: its description in help, and its parser. A value that cannot be parsed is
/// an error, never a default.
struct Form<Value: Sendable>: Sendable {
  /// Makes the value's name in help; `nil` for a switch. A closure, because few calls print help.
  let placeholder: @Sendable () -> String?
  /// Whether the option can be given several times.
  let isRepeated: Bool
  /// Makes the accepted range, if the placeholder does not show it.
  let range: @Sendable () -> String?
  let accepted: AcceptedValues
  /// Valid values. Tests draw from them.
  let samples: @Sendable () -> [String]
  /// Values at and beyond the limits of what is valid.
  let oddities: @Sendable () -> [String]
  let read: @Sendable ([String]) throws(Problem) -> Value

  /// An option with one value.
  init(
    _ placeholder: @escaping @Sendable @autoclosure () -> String?,
    range: @escaping @Sendable @autoclosure () -> String? = nil,
    accepting accepted: AcceptedValues = .text,
    samples: @escaping @Sendable @autoclosure () -> [String],
    oddities: @escaping @Sendable @autoclosure () -> [String] = [],
    _ read: @escaping @Sendable (String) throws(Problem) -> Value
  ) {
    self.init(placeholder, false, range, accepted, samples, oddities) { values throws(Problem) in
      try read(values.last ?? "")
    }
  }

  private init(
    _ placeholder: @escaping @Sendable () -> String?, _ isRepeated: Bool,
    _ range: @escaping @Sendable () -> String?, _ accepted: AcceptedValues,
    _ samples: @escaping @Sendable () -> [String], _ oddities: @escaping @Sendable () -> [String],
    _ read: @escaping @Sendable ([String]) throws(Problem) -> Value
  ) {
    self.placeholder = placeholder
    self.isRepeated = isRepeated
    self.range = range
    self.accepted = accepted
    self.samples = samples
    self.oddities = oddities
    self.read = read
  }

  func map<Other>(
    _ transform: @escaping @Sendable (Value) throws(Problem) -> Other
  ) -> Form<Other> {
    Form<Other>(placeholder, isRepeated, range, accepted, samples, oddities) {
      [read] values throws(Problem) in try transform(try read(values))
    }
  }

  /// Any number of such values, given one by one. They are parsed together.
  func repeated<Other>(
    _ readAll: @escaping @Sendable ([Value]) throws(Problem) -> Other
  ) -> Form<Other> {
    Form<Other>(placeholder, true, range, accepted, samples, oddities) {
      [read] values throws(Problem) in
      var elements: [Value] = []
      for value in values { elements.append(try read([value])) }
      return try readAll(elements)
    }
  }

  /// A list of such values. `none` clears the list of a lower layer.
  func list() -> Form<[Value]> {
    let odd: @Sendable () -> [String] = { [oddities] in oddities() + ["none"] }
    return Form<[Value]>(placeholder, true, range, .orNone(accepted), samples, odd) {
      [read] values throws(Problem) in
      if values == ["none"] { return [] }
      guard !values.contains("none") else {
        throw .usage(
          "'none' and other values exclude each other.", fix: "Give 'none' alone, or leave it out.")
      }
      var elements: [Value] = []
      for value in values { elements.append(try read([value])) }
      return elements
    }
  }
}

extension Form<Bool> {
  static var flag: Form {
    Form(nil, accepting: .flag, samples: ["true", "false", "1", "0"], oddities: ["yes"]) {
      text throws(Problem) in
      switch text {
      case "true", "1": return true
      case "false", "0": return false
      default: throw .value(text, "is neither true nor false.")
      }
    }
  }
}

extension Form<Int> {
  static func integer(_ placeholder: String, _ range: ClosedRange<Int>) -> Form {
    let (low, high) = (range.lowerBound, range.upperBound)
    return Form(
      placeholder, range: "\(low)-\(high)", accepting: .integer(range),
      samples: ["\(low)", "\(high)"],
      oddities: ["\(low - 1)", "\(high + 1)", "+\(high)", "0x1F"]
    ) { text throws(Problem) in
      guard let number = Int(text), text.utf8.first != UInt8(ascii: "+") else {
        throw .value(text, "is not a whole number.")
      }
      guard range.contains(number) else {
        throw .usage("\(number) is not in the range from \(low) to \(high).", fix: "")
      }
      return number
    }
  }

  static var port: Form { integer("PORT", 1...65535) }
}

extension Form<[Int]> {
  /// ECS redirects at most 15 ports and ignores the rest without a message.
  private static var maximumPorts: Int { 15 }

  /// A list of ports without duplicates.
  static var ports: Form {
    Form<Int>.port.list().map { values throws(Problem) in
      var ports: [Int] = []
      for port in values where !ports.contains(port) { ports.append(port) }
      guard ports.count <= maximumPorts else {
        throw .usage(
          "\(ports.count) ports are given, but ECS accepts at most \(maximumPorts).",
          fix: "Leave some of them out.")
      }
      return ports
    }
  }
}

extension Form where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the cases of an enumeration. Help prints all of them in place of a placeholder.
  static var word: Form { words(nil, spellings: [:]) }

  /// One of the cases of an enumeration.
  ///
  /// - Parameters:
  ///   - placeholder: the value's name in help; `nil` to print all words instead.
  /// - spellings: synonyms, with the words that they replace.
  static func words(_ placeholder: String?, spellings: [String: String]) -> Form {
    Form(
      placeholder ?? allWords.joined(separator: "|"),
      range: placeholder.map { _ in allWords.joined(separator: ", ") },
      accepting: .words { allWords + spellings.keys.sorted() },
      samples: allWords + spellings.keys.sorted()
    ) { text throws(Problem) in
      guard let word = Value(rawValue: spellings[text] ?? text) else {
        throw .value(text, "is not one of \(allWords.joined(separator: ", ")).")
      }
      return word
    }
  }

  private static var allWords: [String] { Value.allCases.map(\.rawValue) }
}

extension Form<String> {
  /// An image, a name or a group: a non-empty text without spaces.
  static func text(_ placeholder: String, samples: String...) -> Form {
    Form(placeholder, samples: samples, oddities: ["a b", "\t"]) { text throws(Problem) in
      guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
        throw .value(text, "is empty or contains blanks.")
      }
      return text
    }
  }

  /// The path of a file on this machine.
  static var file: Form {
    Form("FILE", accepting: .file, samples: ["inject-envoy.yaml"]) { text throws(Problem) in text }
  }

  /// The path of a directory on this machine.
  static var directory: Form {
    Form("DIR", accepting: .directory, samples: ["output"]) { text throws(Problem) in text }
  }

  /// Any text.
  static func anything(_ placeholder: String, samples: String...) -> Form {
    Form(placeholder, samples: samples) { text throws(Problem) in text }
  }

  /// At most 255 letters, digits, `_` and `-`.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>
  static var containerName: Form {
    Form("NAME", samples: ["app", "proxy-1"], oddities: ["a.b", "é"]) { text throws(Problem) in
      let isName = text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || $0 == "-" || $0 == "_"
      }
      guard isName, (1...255).contains(text.utf8.count) else {
        throw .value(text, "is not a container name (letters, digits, - and _).")
      }
      return text
    }
  }

  /// A decimal number from 0 to 1, stored as it was written.
  static var share: Form {
    Form("SHARE", range: "0-1", samples: ["0", "0.05", "1"], oddities: ["1.01", ".5", "1e-1"]) {
      text throws(Problem) in
      guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "1")).contains(first),
        text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }),
        let number = Double(text), number <= 1
      else { throw .value(text, "is not a number from 0 to 1.") }
      return text
    }
  }

  /// An IP address or a CIDR block.
  static var addressBlock: Form {
    Form("IP", samples: ["10.0.0.1", "10.0.0.0/8"], oddities: ["10.0.0.0/33", "::+1"]) {
      text throws(Problem) in
      guard AddressBlock.isValid(text) else {
        throw .value(text, "is not an IP address or CIDR block.")
      }
      return text
    }
  }

  /// A path inside a container.
  static var containerPath: Form {
    Form("PATH", samples: ["/run/sds"], oddities: ["run", "/a b"]) { text throws(Problem) in
      let path = try Form.text("PATH").read([text])
      guard path.hasPrefix("/") else {
        throw .value(
          path, "is not an absolute path.",
          fix: "Give the path in the Envoy container, such as /run/x.")
      }
      return path
    }
  }

  /// A text that names the resource of a permission. IAM would expand `*` and `?` in it.
  static func plain(_ text: String) throws(Problem) -> String {
    guard !text.utf8.contains(where: { "*?".utf8.contains($0) }) else {
      throw .usage(
        "A name contains * or ?, which would allow more than it names.", fix: "Write the full name."
      )
    }
    return text
  }

  static func arn(of service: String, sample: String) -> Form {
    Form("ARN", samples: [sample], oddities: ["arn:aws:\(service)"]) { text throws(Problem) in
      let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == service
      else { throw .value(text, "is not an ARN of \(service).") }
      return try plain(text)
    }
  }

  /// One of a list of names, such as filters.
  ///
  /// - Parameters:
  /// - kind: a description of the names, with its article.
  /// - advice: a full sentence that says where the names are listed.
  static func known(
    _ placeholder: String, _ names: @escaping @Sendable () -> [String], kind: String,
    advice: String
  ) -> Form {
    Form(placeholder, accepting: .words(names), samples: names()) { text throws(Problem) in
      let names = names()
      guard !names.contains(text) else { return text }
      throw .value(
        text, "is not \(kind).",
        fix: Spelling.closest(to: text, among: names).map { "Did you mean '\($0)'?" } ?? advice)
    }
  }
}

extension Form<[NamedValue]> {
  /// `NAME=VALUE`, split at the first `=`. Values can be secrets, so no message quotes one.
  static func namedValues(_ placeholder: String = "NAME=VALUE", samples: String...) -> Form {
    let pair = Form<NamedValue>(placeholder, samples: samples, oddities: ["A", "=x", "A=", "="]) {
      text throws(Problem) in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw .usage(
          "A value is not of the form \(placeholder).",
          fix: "Write \(placeholder): the name, an equals sign, the value.")
      }
      return NamedValue(name: String(parts[0]), value: String(parts[1]))
    }
    return pair.list().map { pairs throws(Problem) in
      var names: Set<String> = []
      for pair in pairs where !names.insert(pair.name).inserted {
        throw .usage("'\(pair.name)' is given twice.", fix: "Give it once.")
      }
      return pairs
    }
  }
}
