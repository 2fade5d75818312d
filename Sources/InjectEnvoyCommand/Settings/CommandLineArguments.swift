import LosslessJSON

/// The words of the command line, sorted: which command, which settings, which files. Values are
/// still texts.
struct CommandLineArguments: Sendable {
  let command: CommandDescription
  /// Whether the command is the first word, and not just the default.
  private(set) var isCommandNamed = false
  private(set) var settings = Settings()
  /// In order; `-` is standard input.
  private(set) var files: [String] = []

  /// - Parameter commands: all that there are; the first one is the default.
  init(_ words: [String], among commands: [CommandDescription]) throws(CommandError) {
    var rest = words[...]
    let request = Self.takeRequest(&rest)
    if let named = commands.first(where: { $0.name == rest.first }) {
      command = named
      isCommandNamed = true
      rest = rest.dropFirst()
    } else {
      command = commands[0]
      if request?.name == OptionTable.help.name, let word = rest.first, !word.hasPrefix("-") {
        throw .unknownCommand(word, among: commands)
      }
    }
    do throws(Problem) {
      if let request { try settings.add(request, "true", source: request.flag) }
      try read(&rest)
    } catch {
      throw CommandError([error], .usage)
    }
  }

  /// The files, or standard input if none is named.
  var inputs: [String] { files.isEmpty ? ["-"] : files }

  /// `help` and `version` may be the first word.
  private static func takeRequest(_ rest: inout ArraySlice<String>) -> Option? {
    let requests = [OptionTable.help, OptionTable.version]
    guard let request = requests.first(where: { $0.name == rest.first }) else { return nil }
    rest = rest.dropFirst()
    return request
  }

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
        try readShort(word)
      }
    }
    if !command.readsFiles, let file = files.first {
      throw .usage(
        "'\(command.name)' reads no files, but '\(file)' is given.", fix: "Leave it out.")
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
    // A switch of the call is given or not; others can be switched off again.
    guard attached == nil || option.sources.contains(.key) else {
      throw .usage("\(option.flag) takes no value.", fix: "Write \(option.flag) alone.")
    }
    try settings.add(option, attached ?? "true", source: option.flag)
  }

  private mutating func readShort(_ word: String) throws(Problem) {
    for letter in word.dropFirst() {
      guard let option = OptionTable.all.first(where: { $0.letter == letter }) else {
        throw .usage(
          "There is no option '-\(letter)'.",
          fix: "'inject-envoy COMMAND --help' lists the options of a command.")
      }
      try checkEffect(of: option)
      try settings.add(option, "true", source: option.flag)
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
    // A word that looks like an option is not taken as a value: such a value must be attached.
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

extension CommandError {
  fileprivate static func unknownCommand(
    _ word: String, among commands: [CommandDescription]
  ) -> CommandError {
    let hint = Spelling.closest(to: word, among: commands.map(\.name))
    return .usage(
      "There is no command '\(word)'.",
      fix: hint.map { "Did you mean '\($0)'?" } ?? "'inject-envoy --help' lists the commands.")
  }
}
