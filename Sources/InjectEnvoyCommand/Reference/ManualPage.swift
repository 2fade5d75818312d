import TaskDefinitions

/// The manual page in the language of roff, with the macros of `man`.
///
/// - SeeAlso: <https://man7.org/linux/man-pages/man7/groff_man.7.html>
struct ManualPage {
  let commands: [CommandDescription]

  var text: String {
    """
    .TH INJECT\\-ENVOY 1 "" "inject\\-envoy \(Version.current)" "User Commands"
    .SH NAME
    inject\\-envoy \\- add an Envoy sidecar to Amazon ECS task definitions
    .SH SYNOPSIS
    .B inject\\-envoy
    [\\fICOMMAND\\fR] [\\fIOPTION\\fR...] [\\fIFILE\\fR...|\\-]
    .SH DESCRIPTION
    \(Self.escaped(ProgramText.purpose))
    Task definitions are JSON, YAML, or CloudFormation templates in either.
    Without a command, \\fBinject\\fR runs.
    Without a file, standard input is read.
    .SH COMMANDS
    \(commands.map(entry).joined(separator: "\n"))
    .SH OPTIONS
    \(groups.joined(separator: "\n"))
    .SH EXIT STATUS
    \(ExitStatus.allCases.map { Self.entry("\($0.rawValue)", $0.meaning) }.joined(separator: "\n"))
    .SH ENVIRONMENT
    \(Self.entry("INJECT_ENVOY_OPTION", environment))
    .SH FILES
    \(Self.entry("inject-envoy.yaml, inject-envoy.json", files))

    """
  }

  private let environment =
    "Sets the option of that name: INJECT_ENVOY_APP_PORT sets --app-port. Values of a repeatable "
    + "option are divided by line ends. A flag overrides a variable, a variable overrides a docker "
    + "label of the document, and a label overrides the configuration file."

  private let files =
    "The configuration file in the working directory: a key for each option. 'inject-envoy schema' "
    + "prints its JSON schema."

  private func entry(for command: CommandDescription) -> String {
    """
    .TP
    \\fBinject\\-envoy\\fR \(Self.escaped(command.usage))
    \(Self.escaped(command.summary)).
    Example:
    .IP
    .EX
    \(Self.escaped(command.example))
    .EE
    """
  }

  /// The options by group, as help lists them.
  private var groups: [String] {
    let options = Dictionary(grouping: OptionTable.all, by: \.group)
    return OptionGroup.allCases.compactMap { group in
      options[group].map { rows in
        ([".SS \(Self.escaped(group.rawValue))"] + rows.map(entry)).joined(separator: "\n")
      }
    }
  }

  private func entry(for option: Option) -> String {
    let letter = option.letter.map { "-\($0), " } ?? ""
    let takers = commands.filter { $0.accepts(option) }.map(\.name)
    let notes = [
      option.isRepeated ? "Repeatable." : nil, option.standard.map { "Default: \($0)." },
      takers.count == commands.count ? nil : "Commands: \(takers.joined(separator: ", ")).",
    ]
    return Self.entry(
      letter + option.usage, ([option.help + "."] + notes.compactMap(\.self)).joined(separator: " ")
    )
  }

  private static func entry(_ term: String, _ text: String) -> String {
    ".TP\n\\fB\(escaped(term))\\fR\n\(escaped(text))"
  }

  /// Escapes what roff would read as a request or replace by another character.
  private static func escaped(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "'": "\\(aq"
      case "…": "..."
      case "\u{0}"..<"\u{80}": String(scalar)
      default: "\\[u\(hex(scalar))]"
      }
    }.joined()
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }

  /// At least four digits.
  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
