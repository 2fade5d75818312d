import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Makes the lines that a person reads about one document.
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
    return findings.map { remark(Message($0, in: lines, hiding: redaction)) }
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
      return [
        Remark(
          "\(place(position.line, position.column)): error: [\(problem.code)] \(message)\(ordinal)")
      ]
        + lines.map { Remark("  " + $0) }
        + [Remark("  fix: \(problem.fix.spelled)")]
    case .refused(let findings):
      return found(findings, bytes, hiding: redaction)
    case .options(let error):
      let message = Message(error, hiding: redaction)
      return [Remark("\(file): error: \(message.text)\(ordinal)", "  fix: \(message.fix)")]
    }
  }

  private func remark(_ message: Message) -> Remark {
    let (problem, place) = (message.problem, place(message.line, message.column))
    return Remark(
      "\(place): \(problem.severity.rawValue): \(message.coded)\(ordinal)",
      "  fix: \(message.fix)", ofRun: problem.rule.isOfRun ? problem.rule : nil)
  }

  private func place(_ line: Int, _ column: Int) -> String {
    "\(file):\(line + firstLine - 1):\(column)"
  }

  private var ordinal: String { number == 1 ? "" : " (document \(number))" }
}
