import LosslessJSON

/// The words of the command line, sorted into the command, its settings, and files. Values are still texts.
struct CommandLineArguments: Sendable {
  let command: CommandDescription
  /// Whether the first word names the command. Otherwise it is the default.
  private(set) var isCommandNamed = false
  var settings = Settings()
  /// The files in order. `-` is standard input.
  private(set) var files: [String] = []

  /// - Parameter commands: all commands. The first one is the default.
  init(_ words: [String], among commands: [CommandDescription]) throws(CommandError) {
    var rest = words[...]
    if let named = commands.first(where: { $0.name == rest.first }) {
      command = named
      isCommandNamed = true
      rest = rest.dropFirst()
    } else {
      command = commands[0]
    }
    do throws(Problem) {
      try read(&rest)
      try checkOperands()
    } catch {
      throw CommandError([error], .usage)
    }
  }

  /// The files, or standard input if none is named.
  var inputs: [String] { files.isEmpty ? ["-"] : files }

  private mutating func read(_ rest: inout ArraySlice<String>) throws(Problem) {
    while let word = rest.popFirst() {
      if word == "--" {
        files += rest
        break
      } else if word == "-" || !word.hasPrefix("-") {
        files.append(word)
      } else if word.hasPrefix("--") {
        try readLong(word, &rest)
      } else {
        try readShort(word, &rest)
      }
    }
  }

  private func checkOperands() throws(Problem) {
    guard let word = files.first else { return }
    switch command.operands {
    case .files: return
    case .nothing:
      throw .usage(
        "'\(command.name)' reads no files, but '\(word)' is given.", fix: "Leave it out.")
    case .word(let kind, let words):
      guard files.count == 1 else {
        throw .usage(
          "'\(command.name)' takes one word, but \(files.count) are given.",
          fix: "Give the name of one \(kind).")
      }
      let known = words()
      guard !known.contains(word) else { return }
      throw .unknownOperand(word, of: kind, among: known)
    }
  }

  private mutating func readLong(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(Problem) {
    let parts = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    guard let option = OptionTable.option(name, for: command.audiences) else {
      throw .unknownOption(name, source: "--\(name)")
    }
    try checkEffect(of: option)
    guard option.placeholder == nil else {
      let value = try value(of: option, attached, &rest)
      return try settings.add(option, value, source: option.flag)
    }
    // Switches that only a flag can set cannot be switched off. Others can.
    guard attached == nil || option.sources.contains(.key) else {
      throw .usage("\(option.flag) takes no value.", fix: "Write \(option.flag) alone.")
    }
    try settings.add(option, attached ?? "true", source: option.flag)
  }

  /// Switches can share a word; the rest of a word after an option with a value is the value.
  private mutating func readShort(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(Problem) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = OptionTable.option(letter, for: command.audiences) else {
        throw .usage(
          "There is no option '-\(letter)'.",
          fix: "'inject-envoy COMMAND --help' lists the options of a command.")
      }
      try checkEffect(of: option)
      guard option.placeholder != nil else {
        try settings.add(option, "true", source: option.flag)
        continue
      }
      let value = try value(of: option, letters.isEmpty ? nil : String(letters), &rest)
      return try settings.add(option, value, source: option.flag)
    }
  }

  private func checkEffect(of option: Option) throws(Problem) {
    guard command.accepts(option) else {
      throw .usage("\(option.flag) has no effect on '\(command.name)'.", fix: "Leave it out.")
    }
  }

  private func value(
    of option: Option, _ attached: String?, _ rest: inout ArraySlice<String>
  ) throws(Problem) -> String {
    // A word that looks like an option is not used as a value. Such a value must be attached with `=`.
    let next = rest.first?.hasPrefix("--") == true ? nil : rest.first
    guard let value = attached ?? next else {
      throw .usage(
        "\(option.flag) needs a value.",
        fix: "Write \(option.flag) VALUE or \(option.flag)=VALUE.")
    }
    if attached == nil { rest.removeFirst() }
    return value
  }
}

extension Problem {
  fileprivate static func unknownOperand(
    _ word: String, of kind: String, among words: [String]
  ) -> Problem {
    let hint = Spelling.closest(to: word, among: words)
    return .usage(
      "There is no \(kind) '\(word)'.",
      fix: hint.map { "Did you mean '\($0)'?" }
        ?? "Give one of \(words.joined(separator: ", ")).")
  }
}
