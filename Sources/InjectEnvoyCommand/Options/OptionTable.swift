import EnvoyInjector
import LosslessJSON

/// Every option, in the order of help. The command line, the environment, labels, the configuration file, help
/// and messages all use this one list.
enum OptionTable {
  static let all: [Option] =
    output + controlPlane + mesh + envoy + traffic + running + observing + task + gateway + policy
    + check + description

  static func option(_ name: String) -> Option? { all.first { $0.name == name } }

  /// The option of this name that a command accepts, or else any option of this name. The values of `--format`
  /// are different for each command.
  static func option(_ name: String, for audiences: [Audience]) -> Option? {
    all.first { $0.name == name && audiences.contains($0.audience) } ?? option(name)
  }

  /// The option of that letter that a command accepts, or else any.
  static func option(_ letter: Character, for audiences: [Audience]) -> Option? {
    let options = all.filter { $0.letter == letter }
    return options.first { audiences.contains($0.audience) } ?? options.first
  }

  static let help: Option = Option("help", .flag, "Print help", \.output.showsHelp)
    .letter("h").only(.all).from(.flag)

  static let version: Option = Option("version", .flag, "Print the version", \.output.showsVersion)
    .only(.all).from(.flag)

  static let outputFile: Option = Option(
    "output", .file, "Write to this file instead of standard output, all or nothing",
    optional: \.output.file
  ).letter("o").only(.printing).from(.flag)

  static let dryRun: Option = Option(
    "dry-run", .flag, "Do everything but write documents: report what would be done",
    \.output.isDryRun
  ).only(.editing).from(.flag)

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
      outputFile, dryRun,
      Option(
        "report", .reports,
        "Print a report instead, or write it to FILE beside the document: every edit, a picture of the "
          + "task, or a diff with Envoy's configuration indented", \.output.reports
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
      ).letter("o").only(.describing).from(.flag),
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

extension Form<ReportRequests> {
  /// `FORMAT` to print a report, `FORMAT=FILE` to write it.
  fileprivate static var reports: Form {
    let formats: @Sendable () -> [String] = { ReportFormat.allCases.map(\.rawValue) }
    let request = Form<NamedValue>(
      "FORMAT[=FILE]", range: formats().joined(separator: ", "),
      accepting: .words(formats), samples: formats() + ["json=report.json"],
      oddities: ["json=", "xml", "json=-"]
    ) { text throws(Problem) in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return NamedValue(name: String(parts[0]), value: parts.count == 1 ? "" : String(parts[1]))
    }
    return request.repeated { values throws(Problem) in
      var requests = ReportRequests()
      for value in values { try requests.add(value) }
      return requests
    }
  }
}

extension ReportRequests {
  /// - Parameter request: a format, and the file for it or an empty text.
  fileprivate mutating func add(_ request: NamedValue) throws(Problem) {
    let format = try Form<ReportFormat>.word.read([request.name])
    guard !request.value.isEmpty else {
      guard printed == nil || printed == format else {
        throw .usage(
          "Two reports cannot be printed.", fix: "Write one of them to a file: FORMAT=FILE.")
      }
      printed = format
      return
    }
    guard request.value != "-" else {
      throw .usage("Standard output is for the document.", fix: "Give the path of a file.")
    }
    guard !files.contains(where: { $0.path == request.value }) else {
      throw .usage("'\(request.value)' is given for two reports.", fix: "Give each its own file.")
    }
    files.append(File(format: format, path: request.value))
  }
}
