/// The words of the command line, sorted: which command, which settings, which files.
struct CommandLineArguments: Sendable {
  /// Options that are about one call rather than about injection.
  struct Switch: Hashable, Sendable {
    let name: String
    var short: Character?
    /// What help calls the value; `nil`: it has none.
    var placeholder: String?
    let help: String
    var commands = Subcommand.documentCommands
  }

  static let switches = [
    Switch(
      name: "config", placeholder: "FILE",
      help: "configuration file [default: inject-envoy.yaml or .json in this directory]",
      commands: Subcommand.meshCommands + [.uninject]),
    Switch(
      name: "in-place", short: "i", help: "rewrite the files instead of printing them",
      commands: [.inject, .uninject]),
    Switch(
      name: "pretty", help: "re-print the document with two spaces per level",
      commands: Subcommand.printingCommands),
    Switch(
      name: "compact", help: "re-print the document on one line",
      commands: Subcommand.printingCommands),
    Switch(
      name: "report", placeholder: "FORMAT", help: "print a report instead: json, text or mermaid",
      commands: [.inject, .uninject]),
    Switch(
      name: "diff", help: "print a unified diff instead; exit status 2 if there is a difference",
      commands: [.inject, .uninject]),
    Switch(
      name: "output", placeholder: "DIR",
      help: "write a configuration for each virtual node and gateway to this directory",
      commands: [.mesh]),
    Switch(
      name: "foreign", help: "also remove an Envoy that inject did not add",
      commands: [.uninject]),
    Switch(
      name: "quiet", short: "q", help: "do not print a status line for each document",
      commands: Subcommand.documentCommands + [.gateway, .mesh]),
    Switch(name: "help", short: "h", help: "print help", commands: Subcommand.allCases),
    Switch(name: "version", help: "print the version", commands: Subcommand.allCases),
  ]

  private(set) var command = Subcommand.inject
  private var isCommandNamed = false
  private(set) var settings = Settings()
  /// Switches that were given, with their values.
  private(set) var given: [String: String] = [:]
  /// In order; `-` is standard input.
  private(set) var files: [String] = []

  init(_ arguments: [String]) throws(CommandError) {
    var rest = arguments[...]
    if rest.first == "help" || rest.first == "version", let word = rest.popFirst() {
      given[word] = ""
    }
    if let first = rest.first, let command = Subcommand(rawValue: first) {
      self.command = command
      isCommandNamed = true
      rest = rest.dropFirst()
    } else if given["help"] != nil, let word = rest.first, !word.hasPrefix("-") {
      throw .unknownCommand(word)
    }
    while let argument = rest.popFirst() {
      if argument == "--" {
        files += rest
        break
      } else if argument == "-" || !argument.hasPrefix("-") {
        files.append(argument)
      } else if argument.hasPrefix("--") {
        try readLong(argument, &rest)
      } else {
        try readShort(argument)
      }
    }
    let readers = Subcommand.documentCommands + [.mesh]
    if !readers.contains(command), let file = files.first {
      throw .usage("\(command) reads no files, but '\(file)' is given", fix: "leave it out")
    }
  }

  /// What `--help` prints.
  var helpText: String { isCommandNamed ? Help.text(for: command) : Help.overview }

  private mutating func readLong(
    _ argument: String, _ rest: inout ArraySlice<String>
  ) throws(CommandError) {
    let parts = argument.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    if let entry = Self.switches.first(where: { $0.name == name }) {
      if entry.placeholder == nil, attached != nil {
        throw .usage("--\(name) takes no value", fix: "write --\(name) alone")
      }
      let value = entry.placeholder == nil ? "" : try Self.value(of: name, attached, &rest)
      return try add(entry, value)
    }
    guard let option = OptionTable.option(name, on: command) else {
      throw .unknownOption(name, source: "--\(name)")
    }
    guard option.commands.contains(command) else {
      throw .noEffect("--\(name)", on: command)
    }
    let isSwitch = option.placeholder == nil && attached == nil
    let value = isSwitch ? "true" : try Self.value(of: name, attached, &rest)
    try settings.add(name, value, source: "--\(name)")
  }

  private mutating func readShort(_ argument: String) throws(CommandError) {
    for letter in argument.dropFirst() {
      guard let entry = Self.switches.first(where: { $0.short == letter }) else {
        throw .usage("there is no option '-\(letter)'", fix: "'inject-envoy --help' lists them")
      }
      try add(entry, "")
    }
  }

  private mutating func add(_ entry: Switch, _ value: String) throws(CommandError) {
    guard entry.commands.contains(command) else {
      throw .noEffect("--\(entry.name)", on: command)
    }
    guard given.updateValue(value, forKey: entry.name) ?? value == value else {
      throw .usage("--\(entry.name) is given twice", fix: "give it once")
    }
  }

  private static func value(
    of name: String, _ attached: String?, _ rest: inout ArraySlice<String>
  ) throws(CommandError) -> String {
    // What looks like the next option is no value: that must be attached.
    let next = rest.first?.hasPrefix("--") == true ? nil : rest.first
    guard let value = attached ?? next else {
      throw .usage("--\(name) needs a value", fix: "write --\(name) VALUE or --\(name)=VALUE")
    }
    if attached == nil { rest.removeFirst() }
    return value
  }
}
