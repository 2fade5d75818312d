/// The text of `--help`, made from the lists of commands and options.
enum Help {
  static func text(for command: Subcommand) -> String {
    let commands = Subcommand.allCases.map { ("  " + $0.rawValue, $0.help) }
    let switches = CommandLineArguments.switches.map { entry in
      let short = entry.short.map { "-\($0), " } ?? "    "
      return ("  \(short)--\(entry.name)" + (entry.placeholder.map { " " + $0 } ?? ""), entry.help)
    }
    return """
      Adds an Envoy sidecar to an Amazon ECS task definition, and takes it out again.

      usage: inject-envoy [COMMAND] [OPTION…] [FILE…|-]
             inject-envoy < taskdef.json > injected.json

      \(section("commands", commands))
      \(section("options", switches))
      \(section("options of inject, check, bootstrap and policy", options(of: .inject)))
      \(section("options of gateway, which has Envoy's as well", ownOptions(of: .gateway)))
      \(section("options of policy alone", ownOptions(of: .policy)))
      \(section("options of check alone", ownOptions(of: .check)))
      \(section("options of mesh alone, which has those of mesh files", ownOptions(of: .mesh)))
      Each of these is also a key of the configuration file, a variable, such as
      INJECT_ENVOY_APP_PORT, and a docker label of the document, such as inject-envoy.io/app-port.
      It is taken from the first of: command line, environment, label, configuration file, default.

      exit status: 0 done, 1 refused or failed, 2 would change, 64 usage

      """
  }

  private static func options(of command: Subcommand) -> [(String, String)] {
    rows(OptionTable.all.filter { $0.commands.contains(command) })
  }

  private static func ownOptions(of command: Subcommand) -> [(String, String)] {
    rows(OptionTable.all.filter { $0.commands == [command] })
  }

  private static func rows(_ options: [OptionSpecification]) -> [(String, String)] {
    options.map { option in
      let value = option.placeholder.map { " \($0)" } ?? ""
      return ("      --\(option.name)\(value)", option.help + (option.isRepeated ? "; repeat" : ""))
    }
  }

  /// Two columns; what is too wide for the first one has its help on the next line.
  private static func section(_ title: String, _ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.utf8.count).filter { $0 <= 36 }.max() ?? 0
    let lines = rows.map { row in
      let isWide = row.0.utf8.count > width
      let gap = isWide ? width + 2 : width - row.0.utf8.count + 2
      return row.0 + (isWide ? "\n" : "") + String(repeating: " ", count: gap) + row.1
    }
    return "\(title):\n" + lines.joined(separator: "\n") + "\n"
  }
}
