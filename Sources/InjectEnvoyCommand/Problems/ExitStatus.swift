/// The exit status of the process.
enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Done, or nothing to do.
  case done = 0
  /// A document was rejected, or could not be read or written.
  case refused = 1
  /// `--diff` or `check --fail-on change` found a document that would change.
  case wouldChange = 2
  /// The command line or the settings are wrong: EX_USAGE of sysexits.h.
  case usage = 64

  /// A few words for help and the manual page.
  var meaning: String {
    switch self {
    case .done: "done"
    case .refused: "rejected or failed"
    case .wouldChange: "would change (--diff, check --fail-on change)"
    case .usage: "usage"
    }
  }

  /// The combined status of two documents. A failure outranks a change.
  func worse(of other: ExitStatus) -> ExitStatus {
    let ranking = [ExitStatus.done, .wouldChange, .refused, .usage]
    return ranking.last { $0 == self || $0 == other } ?? self
  }
}
