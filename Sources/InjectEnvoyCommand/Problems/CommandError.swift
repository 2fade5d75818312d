import LosslessJSON
import TaskDefinitions

/// The problems that prevent a command from working, and the exit status.
struct CommandError: Error, Hashable, Sendable {
  let problems: [Problem]
  let status: ExitStatus

  init(_ problems: [Problem], _ status: ExitStatus) {
    self.problems = problems
    self.status = status
  }

  /// The command line, a variable or the configuration file is wrong.
  ///
  /// - Parameters:
  ///   - text: full sentences.
  /// - fix: the advice, as a full sentence in the imperative.
  static func usage(_ text: String, fix: String) -> CommandError {
    CommandError([.usage(text, fix: fix)], .usage)
  }

  /// A file, a stream or a document cannot be used.
  static func failed(_ text: String, fix: String) -> CommandError {
    CommandError([.failed(text, fix: fix)], .refused)
  }
}

extension Rule {
  /// A file or a stream that cannot be used.
  static let failed = error("failed", "{text}", fix: "{fix}")
}

extension Problem {
  /// A setting with an invalid value.
  static func usage(_ text: String, fix: String) -> Problem {
    Problem(Wording(verbatim: text), fix: Wording(verbatim: fix))
  }

  /// A file or a stream that cannot be used.
  static func failed(_ text: String, fix: String) -> Problem {
    Problem(.failed, ["text": text, "fix": fix])
  }

  /// A value that an option does not accept.
  ///
  /// - Parameters:
  ///   - reason: the end of a sentence that begins with the value.
  /// - fix: the advice, or an empty text if the option's help is enough.
  static func value(_ text: String, _ reason: String, fix: String = "") -> Problem {
    .usage("'\(text)' \(reason)", fix: fix)
  }
}
