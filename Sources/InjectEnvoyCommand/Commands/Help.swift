/// The text of `--help`, made from the lists of commands and options.
enum Help {
  private struct Row {
    let left: String
    let right: String
  }

  /// The commands, the most used options, and where the rest is.
  static var overview: String {
    let commands = Subcommands.descriptions.map { Row(left: "  " + $0.name, right: $0.summary) }
    let options = OptionTable.all.filter(\.isCommon).map { row($0) }
    return """
      \(ProgramText.purpose)

      usage: inject-envoy [COMMAND] [OPTION…] [FILE…|-]
             inject-envoy < taskdef.json > injected.json

      \(section("commands", commands))
      \(section("most used options", options))
      'inject-envoy COMMAND --help' lists all options of a command.

      \(exitStatus)
      """
  }

  private static var exitStatus: String {
    let title = "exit status: "
    let meanings = ExitStatus.allCases.map { "\($0.rawValue) \($0.meaning)" }
    let margin = "\n" + String(repeating: " ", count: title.count)
    return title
      + wrapped(meanings.joined(separator: ", "), columns - title.count)
      .joined(separator: margin) + "\n"
  }

  /// A command's usage, an example, and its options by group.
  static func text(for command: CommandDescription) -> String {
    let options = Dictionary(grouping: command.options, by: \.group)
    let lists = OptionGroup.allCases.compactMap { group in
      options[group].map { section(group.rawValue, $0.map { row($0) }) }
    }
    return """
      \(command.summary).

      usage: inject-envoy \(command.usage)

      example:
        \(command.example)

      \(lists.joined(separator: "\n"))\(sources(of: command))
      """
  }

  /// Where options can be set besides the command line.
  private static func sources(of command: CommandDescription) -> String {
    guard command.usesSettings else { return "" }
    let general = """

      Each option below "\(OptionGroup.output.rawValue)" is also a key of the configuration file and an
      environment variable, such as INJECT_ENVOY_APP_PORT. A flag overrides a variable, and a variable
      overrides the configuration file.

      """
    guard command.audiences.contains(.sidecar) else { return general }
    let names = OptionTable.all.filter { $0.labels == .byDefault }.map(\.name)
    return general + """
      Docker labels of the document, such as inject-envoy.io/app-port, can set these options:
      \(wrapped(names.joined(separator: ", "), columns - 2).map { "  \($0)\n" }.joined())\
      A label overrides the configuration file. --labels allows others, or none.

      """
  }

  private static func row(_ option: Option) -> Row {
    let notes = [
      option.isRepeated ? "; repeatable" : nil, option.standard.map { " [default: \($0)]" },
    ]
    return Row(
      left: "  \(option.letter.map { "-\($0), " } ?? "    ")\(option.usage)",
      right: option.help + notes.compactMap(\.self).joined())
  }

  /// Columns of a line, for terminals of the usual width.
  private static let columns = 100

  /// Prints two columns. The help of a row that is too wide for the first one begins on the next line.
  private static func section(_ title: String, _ rows: [Row]) -> String {
    let width = rows.map(\.left.count).filter { $0 <= 36 }.max() ?? 0
    let lines = rows.map { row in
      let isWide = row.left.count > width
      let gap = isWide ? width + 2 : width - row.left.count + 2
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
