import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The format for the log of a GitHub workflow. GitHub shows each finding beside its line of the file.
///
/// - SeeAlso: <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
struct WorkflowCheckReport: CheckReport {
  func add(_ document: CheckedDocument) -> String {
    let commands = document.findings.map { message in
      Annotations.command(
        message,
        [
          ("file", document.origin.file), ("line", String(message.line)),
          ("col", String(message.column)),
        ])
    }
    let verdict = Printable.line("\(document.title): \(document.verdict)")
    return (commands + [verdict]).joined(separator: "\n") + "\n"
  }

  func end() -> String { "" }
}
