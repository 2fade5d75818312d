import EnvoyInjector

/// Every option, in the order of help. The command line, the environment, labels, the configuration file, help
/// and messages all use this one list.
enum OptionTable {
  static let all: [Option] =
    output + controlPlane + mesh + envoy + traffic + running + observing + task + gateway + policy
    + check + description

  static func option(_ name: String) -> Option? { all.first { $0.name == name } }

  /// The option of this name that a command accepts, or else any option of this name. The values of `--format`
  /// are different for each command.
  static func option(_ name: String, for audiences: Set<Audience>) -> Option? {
    all.first { $0.name == name && audiences.contains($0.audience) } ?? option(name)
  }

  static let help: Option = Option("help", .flag, "Print help", \.output.showsHelp)
    .letter("h").only(.all).from(.flag)

  static let version: Option = Option("version", .flag, "Print the version", \.output.showsVersion)
    .only(.all).from(.flag)

  static let config: Option = Option(
    "config", .file, "Configuration file",
    optional: \.output.configuration
  ).standard("inject-envoy.yaml or .json in this directory").from(.flag, .variable).common()

  private static let output: [Option] = Option.group(
    .output, for: .documents, labels: .never,
    [
      config,
      Option("in-place", .flag, "Rewrite the files instead of printing them", \.output.isInPlace)
        .letter("i").only(.editing).from(.flag).common(),
      Option("pretty", .flag, "Re-print the document with two spaces per level", \.output.isPretty)
        .only(.printing).from(.flag),
      Option("compact", .flag, "Re-print the document on one line", \.output.isCompact)
        .only(.printing).from(.flag),
      Option(
        "report", .word, "Print a report instead: every edit, or a picture of the task",
        optional: \.output.report
      ).only(.editing).from(.flag),
      Option(
        "diff", .flag, "Print a unified diff instead; exit status 2 if there is a difference",
        \.output.isDiff
      ).only(.editing).from(.flag).common(),
      Option(
        "output-dir", .directory,
        "Write each document to a file in this directory that is named by its family",
        optional: \.output.documentFolder
      ).only(.editing).from(.flag),
      Option(
        "on-error", .word,
        "Destination of errors; record reads one document a line, and writes one line for each, "
          + "with the errors of a rejected one", \.output.onError
      ).standard("report").only(.editing).from(.flag),
      Option(
        "output", .directory,
        "Write a configuration for each virtual node and gateway to this directory",
        optional: \.output.folder
      ).only(.describing).from(.flag),
      Option(
        "live-output", .directory,
        "Write the objects that running Envoys read their weights from to this directory",
        optional: \.output.liveFolder
      ).only(.describing).from(.flag),
      Option(
        "deployed", Form.file.list(),
        "Description of the mesh that the running tasks were injected with", \.mesh.deployed
      ).only(.describing).from(.flag),
      Option(
        "foreign", .flag, "Also remove an Envoy that inject did not add",
        \.output.removesForeign
      ).only(.uninject).from(.flag),
      Option(
        "quiet", .flag, "Do not print a status line for each document", \.output.isQuiet
      ).letter("q").from(.flag),
      help, version,
    ])
}
