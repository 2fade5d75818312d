import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// What a person is told of one document.
struct DocumentRemarks: Sendable {
  let file: String
  /// Which document of the file it is, from 1; the first is not numbered.
  var number = 1
  /// The line of the file on which the document begins, from 1.
  var firstLine = 1

  /// - Parameter outcome: `nil`: what became of the document.
  func done(_ injection: Injection, _ outcome: String?) -> Remark {
    let facts = injection.facts.isEmpty ? "" : " (\(injection.facts.joined(separator: ", ")))"
    return Remark(
      "\(injection.family ?? file): \(outcome ?? injection.outcome.sentence)\(facts)",
      isOutcome: true)
  }

  /// - Parameter redaction: asked for only where something of the document is quoted: to find
  ///   its secrets takes time.
  func found(
    _ findings: [Problem], _ bytes: [UInt8], hiding redaction: @autoclosure () -> Redaction
  ) -> [Remark] {
    guard !findings.isEmpty else { return [] }
    let lines = TextLines(of: bytes)
    let isQuoted = findings.contains { $0.mayQuote }
    let redaction = isQuoted ? redaction() : nil
    return findings.map { remark(on: $0, lines, redaction) }
  }

  /// - Parameter error: why the document is refused.
  func refused(_ error: InjectionError, _ bytes: [UInt8]) -> [Remark] {
    lazy var redaction = Redaction(of: bytes)
    switch error {
    case .syntax(let problem):
      let position = TextPosition(of: problem.offset, in: bytes)
      let message = redaction.masked(problem.text.spelled, at: problem.offset)
      let shown = TextPosition(of: problem.offset, in: redaction.starred(bytes))
      let lines = shown.excerpt.split(separator: "\n", omittingEmptySubsequences: false)
      return [Remark("\(place(of: position)): error: [\(problem.code)] \(message)\(ordinal)")]
        + lines.map { Remark("  " + $0) }
        + [Remark("  fix: \(problem.fix.spelled)")]
    case .refused(let findings):
      return found(findings, bytes, hiding: redaction)
    case .options(let error):
      return [
        Remark("\(file): error: \(redaction.masked(error.message.text.spelled))\(ordinal)"),
        Remark("  fix: \(redaction.masked(error.message.fix.spelled))"),
      ]
    }
  }

  /// - Parameter redaction: `nil`: the message quotes nothing of the document.
  private func remark(
    on finding: Problem, _ lines: TextLines, _ redaction: Redaction?
  ) -> Remark {
    let position = TextPosition(of: finding.offset, in: lines)
    let pointer = finding.pointer.description
    let (text, fix) = (finding.text.spelled, finding.fix.spelled)
    let shown = redaction?.masked(text, at: finding.offset) ?? text
    return Remark(
      "\(place(of: position)): \(finding.severity.rawValue): "
        + "[\(finding.code)] \(shown)"
        + (pointer.isEmpty ? "" : " (at \(pointer))") + "\(ordinal)",
      "  fix: \(redaction?.masked(fix) ?? fix)",
      ofRun: finding.rule.isOfRun ? finding.rule : nil)
  }

  private func place(of position: TextPosition) -> String {
    "\(file):\(position.line + firstLine - 1):\(position.column)"
  }

  private var ordinal: String { number == 1 ? "" : " (document \(number))" }
}
