/// The options as tables in Markdown, for the README and the documentation.
enum OptionTables {
  /// The most used options, which the short help lists as well.
  static var common: String { table(OptionTable.all.filter(\.isCommon)) }

  /// An article with all options by group.
  ///
  /// - Parameter commands: all that there are.
  static func article(_ commands: [CommandDescription]) -> String {
    let options = Dictionary(grouping: OptionTable.all, by: \.group)
    let tables = OptionGroup.allCases.compactMap { group in
      options[group].map { "## \(group.rawValue)\n\n\(detailed($0, commands))\n" }
    }
    return introduction + tables.joined(separator: "\n")
  }

  private static let introduction = """
    # Options

    Every option of `inject-envoy`, with its default and the commands that accept it.

    ## Overview

    Each option below "\(OptionGroup.output.rawValue)" is also a key of the configuration file and an
    environment variable: `--app-port` is the key `app-port` and the variable `INJECT_ENVOY_APP_PORT`.
    The last column says whether a docker label, such as `inject-envoy.io/app-port`, can set it: always,
    only if `--labels` names it, or never.

    This article is generated from the table of options in the source: `RECORD_GOLDEN=1 swift test
    --filter ReferenceTests` writes it.


    """

  private static func table(_ options: [Option]) -> String {
    let rows = options.map { row([code($0), $0.help + (($0.standard).map { " [\($0)]" } ?? "")]) }
    return ([row(["option", "description"]), "|---|---|"] + rows).joined(separator: "\n")
  }

  private static func detailed(_ options: [Option], _ commands: [CommandDescription]) -> String {
    let rows = options.map { option in
      let takers = commands.filter { $0.accepts(option) }.map(\.name)
      return row([
        code(option), option.help + (option.isRepeated ? "; repeatable" : ""),
        option.standard ?? "",
        takers.count == commands.count ? "all" : takers.joined(separator: ", "),
        label(option.labels),
      ])
    }
    let head = row(["option", "description", "default", "commands", "label"])
    return ([head, "|---|---|---|---|---|"] + rows).joined(separator: "\n")
  }

  private static func label(_ use: Option.LabelUse) -> String {
    switch use {
    case .byDefault: "always"
    case .whenNamed: "if named"
    case .never: "never"
    }
  }

  private static func code(_ option: Option) -> String {
    "`\(option.letter.map { "-\($0), " } ?? "")\(option.usage)`"
  }

  /// A bar would end the cell.
  private static func row(_ cells: [String]) -> String {
    let escaped = cells.map {
      $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: #"\|"#)
    }
    return "| \(escaped.joined(separator: " | ")) |"
  }
}
