/// Why a command can't do what it was told.
struct CommandError: Error, Hashable, Sendable {
  /// What is wrong and what follows: one clause without a full stop.
  let message: String
  /// What to do about it.
  let fix: String
  let status: ExitStatus
  /// More of the same kind, which are told with it.
  var others: [CommandError] = []

  static func usage(_ message: String, fix: String) -> CommandError {
    CommandError(message: message, fix: fix, status: .usage)
  }

  static func failed(_ message: String, fix: String) -> CommandError {
    CommandError(message: message, fix: fix, status: .refused)
  }

  static func noEffect(_ option: String, on command: Subcommand) -> CommandError {
    .usage("\(option) has no effect on '\(command)'", fix: "leave it out")
  }

  static func unknownCommand(_ word: String) -> CommandError {
    let hint = Spelling.closest(to: word, among: Subcommand.allCases.map(\.rawValue))
    return .usage(
      "there is no command '\(word)'",
      fix: hint.map { "did you mean '\($0)'?" } ?? "'inject-envoy --help' lists the commands")
  }

  static func unknownOption(_ name: String, source: String) -> CommandError {
    let names = OptionTable.all.map(\.name) + CommandLineArguments.switches.map(\.name)
    let hint = Spelling.closest(to: name, among: names)
    return .usage(
      "\(source): there is no option '\(name)'",
      fix: hint.map { "did you mean '\($0)'?" } ?? "'inject-envoy --help' lists the options")
  }

  /// - Returns: `nil` when the name is not near that of an option's variable.
  static func misspelledVariable(_ name: String) -> CommandError? {
    // What all names begin with says nothing about what was meant.
    let prefix = OptionSpecification.environmentPrefix
    let names = OptionTable.all.map { String($0.environmentName.dropFirst(prefix.count)) }
    let hint = Spelling.closest(to: String(name.dropFirst(prefix.count)), among: names)
    return hint.map {
      .usage(
        "no option is set by the environment variable \(name)",
        fix: "did you mean \(prefix)\($0)?")
    }
  }
}

extension Streams {
  func say(_ error: CommandError) {
    for error in [error] + error.others {
      say("inject-envoy: error: \(error.message)")
      say("  fix: \(error.fix)")
    }
  }
}

/// What the process tells its caller.
enum ExitStatus: Int32, Sendable {
  /// Done, or nothing to do.
  case done = 0
  /// A document was refused, could not be read or written.
  case refused = 1
  /// `--diff` or `check --fail-on change` found a document that would change.
  case wouldChange = 2
  /// The command line or the settings are wrong: EX_USAGE of sysexits.h.
  case usage = 64

  /// One status for two documents: what failed counts more than what would change.
  func worse(of other: ExitStatus) -> ExitStatus {
    let ranking = [ExitStatus.done, .wouldChange, .refused, .usage]
    return ranking.last { $0 == self || $0 == other } ?? self
  }
}
