import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The format for people: the documents in order, each with its findings below it.
struct TextCheckReport: CheckReport {
  let style: TextStyle
  /// Whether to leave out documents without findings, and the line with the totals.
  let isQuiet: Bool
  private var documents = 0
  private var errors = 0
  private var warnings = 0
  private var changes = 0

  init(style: TextStyle, isQuiet: Bool) {
    self.style = style
    self.isQuiet = isQuiet
  }

  mutating func add(_ document: CheckedDocument) -> String {
    documents += 1
    changes += document.check.wouldChange ? 1 : 0
    errors += document.check.findings.count { $0.severity == .error }
    warnings += document.check.findings.count { $0.severity == .warning }
    guard !isQuiet || !document.findings.isEmpty else { return "" }
    let lines = document.findings.flatMap(lines)
    let head = "\(style.bold(Printable.line(document.title))): \(Printable.line(document.verdict))"
    return ([head] + lines).joined(separator: "\n") + "\n"
  }

  mutating func end() -> String {
    guard documents > 1, !isQuiet else { return "" }
    return "\(documents) documents: \(Self.count(errors, "error")), "
      + "\(Self.count(warnings, "warning")); \(changes) would change\n"
  }

  private func lines(_ message: Message) -> [String] {
    [
      "  \(message.line):\(message.column): \(style.severity(message.problem.severity)): "
        + Printable.line(message.coded),
      Printable.line("    fix: \(message.fix)"),
    ] + message.lines(indentedBy: 6).map(Printable.line)
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
