/// The words of the command line, sorted: which command, which settings, which files.
struct CommandLineArguments: Sendable {
  /// Options that are about one call rather than about injection.
  struct Switch: Hashable, Sendable {
    let name: String
    var short: Character?
    /// What help calls the value; `nil`: it has none.
    var placeholder: String?
    let help: String
  }

  static let switches = [
    Switch(
      name: "config", placeholder: "FILE",
      help: "settings; default: inject-envoy.yaml or .json in the working directory"),
    Switch(name: "in-place", short: "i", help: "rewrite the files instead of printing them"),
    Switch(name: "pretty", help: "re-print with two spaces a level"),
    Switch(name: "compact", help: "re-print on one line"),
    Switch(name: "report", placeholder: "FORMAT", help: "print a report instead: json"),
    Switch(name: "quiet", short: "q", help: "print no report line for each document"),
    Switch(name: "help", short: "h", help: "print this"),
    Switch(name: "version", help: "print the version"),
  ]

  private(set) var command = Subcommand.inject
  private(set) var settings = Settings()
  /// Switches that were given, with their values.
  private(set) var given: [String: String] = [:]
  /// In order; `-` is standard input.
  private(set) var files: [String] = []

  init(_ arguments: [String]) throws(CommandError) {
    var rest = arguments[...]
    if let first = rest.first, let command = Subcommand(rawValue: first) {
      self.command = command
      rest = rest.dropFirst()
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
  }

  private mutating func readLong(
    _ argument: String, _ rest: inout ArraySlice<String>
  ) throws(CommandError) {
    let parts = argument.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    if let entry = Self.switches.first(where: { $0.name == name }) {
      if entry.placeholder == nil {
        guard attached == nil else {
          throw .usage("--\(name) takes no value", fix: "write --\(name) alone")
        }
        given[name] = ""
      } else {
        given[name] = try Self.value(of: name, attached, &rest)
      }
      return
    }
    guard let option = OptionTable.option(name) else {
      throw .unknownOption(name, source: "--\(name)")
    }
    guard option.commands.contains(command) else {
      throw .usage(
        "--\(name) has no effect on '\(command)'",
        fix: "leave it out, or use \(option.commands.map(\.rawValue).joined(separator: ", "))")
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
      given[entry.name] = ""
    }
  }

  private static func value(
    of name: String, _ attached: String?, _ rest: inout ArraySlice<String>
  ) throws(CommandError) -> String {
    guard let value = attached ?? rest.popFirst() else {
      throw .usage("--\(name) needs a value", fix: "write --\(name) VALUE or --\(name)=VALUE")
    }
    return value
  }
}
