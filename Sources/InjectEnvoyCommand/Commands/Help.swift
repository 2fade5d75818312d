/// The text of `--help`, made from the lists of commands and options.
enum Help {
  /// The options that most people need: the overview prints these.
  private static let common = [
    "in-place", "diff", "config", "app-port", "upstream", "xds", "mesh-file", "node", "tracing",
    "replace-foreign",
  ]

  private typealias Row = (left: String, right: String)

  /// The commands, the ten most used options, and where the rest is.
  static var overview: String {
    let commands = Subcommand.allCases.map { Row("  " + $0.rawValue, $0.help) }
    let others = [
      Row("  help COMMAND", "print the usage and all options of a command"),
      Row("  version", "print the version"),
    ]
    let switches = CommandLineArguments.switches
    let options = common.compactMap { name in
      switches.first { $0.name == name }.map(row) ?? OptionTable.option(name).map(row)
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
    let groups = OptionTable.groups.map { title, options in
      (title, options.filter { $0.commands.contains(command) }.map(row))
    }
    let sections = [("output", switches.map(row))] + groups
    let lists = sections.filter { !$0.1.isEmpty }.map { section($0.0, $0.1) }
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
    return ("  \(short)--\(entry.name)" + (entry.placeholder.map { " " + $0 } ?? ""), entry.help)
  }

  private static func row(_ option: OptionSpecification) -> Row {
    let value = option.placeholder.map { " \($0)" } ?? ""
    return (
      "      --\(option.name)\(value)", option.help + (option.isRepeated ? "; repeatable" : "")
    )
  }

  /// Two columns; what is too wide for the first one has its help on the next line.
  private static func section(_ title: String, _ rows: [Row]) -> String {
    let width = rows.map(\.left.utf8.count).filter { $0 <= 36 }.max() ?? 0
    let lines = rows.map { row in
      let isWide = row.left.utf8.count > width
      let gap = isWide ? width + 2 : width - row.left.utf8.count + 2
      return row.left + (isWide ? "\n" : "") + String(repeating: " ", count: gap) + row.right
    }
    return "\(title):\n" + lines.joined(separator: "\n") + "\n"
  }
}
