import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The format for the log of a GitHub workflow. GitHub shows each finding beside its line of the file.
///
/// - SeeAlso: <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
struct WorkflowCheckReport: CheckReport {
  func add(_ document: CheckedDocument) -> String {
    let commands = document.findings.map { message in
      return "::\(message.problem.severity.rawValue) file=\(Self.property(document.origin.file)),"
        + "line=\(message.line),col=\(message.column),title=\(Self.property(message.problem.code))::"
        + Self.data("\(Printable.line(message.text))\nfix: \(Printable.line(message.fix))")
    }
    let verdict = Printable.line("\(document.title): \(document.verdict)")
    return (commands + [verdict]).joined(separator: "\n") + "\n"
  }

  func end() -> String { "" }

  /// Escapes text for a command, which is one line and uses `%` for escapes.
  private static func data(_ text: String) -> String {
    escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  private static func escaped(_ text: String, _ codes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.map { codes[$0] ?? String($0) }.joined()
  }
}
