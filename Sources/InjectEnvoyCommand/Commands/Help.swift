/// The text of `--help`, made from the lists of commands and options.
enum Help {
  /// The options that most people need: the overview prints these.
  private static let common = [
    "in-place", "diff", "config", "app-port", "upstream", "xds", "mesh-file", "node", "tracing",
    "replace-foreign",
  ]

  private struct Row {
    let left: String
    let right: String
  }

  /// The commands, the ten most used options, and where the rest is.
  static var overview: String {
    let commands = Subcommand.allCases.map { Row(left: "  " + $0.rawValue, right: $0.help) }
    let others = [
      Row(left: "  help COMMAND", right: "print the usage and all options of a command"),
      Row(left: "  version", right: "print the version"),
    ]
    let switches = CommandLineArguments.switches
    let options = common.compactMap { name -> Row? in
      if let entry = switches.first(where: { $0.name == name }) { return row(entry) }
      return OptionTable.option(name).map { row($0) }
    }
    return """
      Adds an Envoy sidecar to an Amazon ECS task definition, and removes it again.

      usage: inject-envoy [COMMAND] [OPTION…] [FILE…|-]
             inject-envoy < taskdef.json > injected.json

      \(section("commands", commands + others))
      \(section("most used options", options))
      'inject-envoy COMMAND --help' lists all options of a command.

      exit status: 0 done, 1 rejected or failed, 2 would change (--diff, check --fail-on change),
                   64 usage

      """
  }

  /// A command's usage, an example, and its options by group.
  static func text(for command: Subcommand) -> String {
    let switches = CommandLineArguments.switches.filter { $0.commands.contains(command) }
    var lists = [section("output", switches.map { row($0) })]
    for (title, options) in OptionTable.groups {
      let rows = options.filter { $0.commands.contains(command) }.map { row($0) }
      if !rows.isEmpty { lists.append(section(title, rows)) }
    }
    return """
      \(command.help.prefix(1).uppercased())\(command.help.dropFirst()).

      usage: inject-envoy \(command.usage)

      example:
        \(command.example)

      \(lists.joined(separator: "\n"))\(sources(of: command))
      """
  }

  /// Where options can be set besides the command line.
  private static func sources(of command: Subcommand) -> String {
    guard Subcommand.meshCommands.contains(command) else { return "" }
    let general = """

      Each option below "output" is also a key of the configuration file and an environment
      variable, such as INJECT_ENVOY_APP_PORT. A flag overrides a variable, and a variable overrides
      the configuration file.

      """
    guard Subcommand.sidecarCommands.contains(command) else { return general }
    let names = OptionTable.all.filter { $0.labels == .byDefault }.map(\.name)
    return general + """
      Docker labels of the document, such as inject-envoy.io/app-port, can set these options:
        \(names.joined(separator: ", "))
      A label overrides the configuration file. --labels allows others, or none.

      """
  }

  private static func row(_ entry: CommandLineArguments.Switch) -> Row {
    let short = entry.short.map { "-\($0), " } ?? "    "
    let value = entry.placeholder.map { " " + $0 } ?? ""
    return Row(left: "  \(short)--\(entry.name)\(value)", right: entry.help)
  }

  private static func row(_ option: OptionSpecification) -> Row {
    let value = option.placeholder.map { " \($0)" } ?? ""
    return Row(
      left: "      --\(option.name)\(value)",
      right: option.help + (option.isRepeated ? "; repeatable" : ""))
  }

  /// Columns of a line, for terminals of the usual width.
  private static let columns = 100

  /// Two columns; what is too wide for the first one has its help on the next line.
  private static func section(_ title: String, _ rows: [Row]) -> String {
    let width = rows.map(\.left.utf8.count).filter { $0 <= 36 }.max() ?? 0
    let lines = rows.map { row in
      let isWide = row.left.utf8.count > width
      let gap = isWide ? width + 2 : width - row.left.utf8.count + 2
      let margin = "\n" + String(repeating: " ", count: width + 2)
      return row.left + (isWide ? "\n" : "") + String(repeating: " ", count: gap)
        + wrapped(row.right, columns - width - 2).joined(separator: margin)
    }
    return "\(title):\n" + lines.joined(separator: "\n") + "\n"
  }

  private static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
