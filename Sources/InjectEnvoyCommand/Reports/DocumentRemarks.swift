import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Makes the lines of text about one document.
struct DocumentRemarks: Sendable {
  let origin: DocumentOrigin

  /// - Parameter outcome: the word for the printed text, or `nil` for the outcome of the injection.
  func done(_ injection: Injection, _ outcome: String?) -> Remark {
    let facts = injection.facts.isEmpty ? "" : " (\(injection.facts.joined(separator: ", ")))"
    return Remark(
      "\(injection.family ?? origin.file): \(outcome ?? injection.outcome.sentence)\(facts)",
      isOutcome: true)
  }

  /// - Parameter redaction: evaluated only if a finding quotes the document, because the search for
  ///   secrets takes time.
  func found(
    _ findings: [Problem], _ bytes: [UInt8], hiding redaction: @autoclosure () -> Redaction
  ) -> [Remark] {
    guard !findings.isEmpty else { return [] }
    let lines = TextLines(of: bytes)
    let isQuoted = findings.contains { $0.mayQuote }
    let redaction = isQuoted ? redaction() : nil
    return findings.map {
      remark(Message($0, in: lines, from: origin.firstLine, hiding: redaction))
    }
  }

  /// - Parameter error: the reason why the document is rejected.
  func refused(_ error: InjectionError, _ bytes: [UInt8]) -> [Remark] {
    lazy var redaction = Redaction(of: bytes)
    switch error {
    case .syntax(let problem):
      let message = Message(
        problem, in: TextLines(of: bytes), from: origin.firstLine, hiding: redaction)
      let shown = TextPosition(of: problem.offset, in: redaction.starred(bytes))
      let excerpt = shown.excerpt.split(separator: "\n", omittingEmptySubsequences: false)
      return [remark(message, excerpt: excerpt.map { "  " + $0 })]
    case .refused(let findings):
      return found(findings, bytes, hiding: redaction)
    case .options(let error):
      let message = Message(error, hiding: redaction)
      return [
        Remark("\(origin.file): error: \(message.text)\(origin.ordinal)", "  fix: \(message.fix)")
      ]
    }
  }

  private func remark(_ message: Message, excerpt: [String] = []) -> Remark {
    let problem = message.problem
    let head =
      "\(origin.file):\(message.line):\(message.column): \(problem.severity.rawValue): "
      + "\(message.coded)\(origin.ordinal)"
    return Remark(
      [head] + excerpt + ["  fix: \(message.fix)"],
      ofRun: problem.rule.isOfRun ? problem.rule : nil)
  }
}
