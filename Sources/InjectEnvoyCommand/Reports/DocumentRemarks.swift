import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Makes the lines of text about one document.
struct DocumentRemarks: Sendable {
  let origin: DocumentOrigin
  /// `nil` unless messages are commands of a workflow as well.
  var annotations: Annotations?

  /// - Parameter outcome: the word for the printed text, or `nil` for the outcome of the injection.
  func done(_ injection: Injection, _ outcome: String?) -> Remark {
    Remark(summary(of: injection, outcome), isOutcome: true)
  }

  /// A line about the outcome, such as `web: injected (static, 1 app port)`.
  func summary(of injection: Injection, _ outcome: String? = nil) -> String {
    let facts = injection.facts.isEmpty ? "" : " (\(injection.facts.joined(separator: ", ")))"
    let name = injection.family.map(Self.shortened) ?? origin.file
    return "\(name): \(outcome ?? injection.outcome.sentence)\(facts)"
  }

  /// The names of a template's tasks in a line that a person reads. There can be thousands.
  private static func shortened(_ names: String) -> String {
    let all = names.split(separator: ", ")
    guard all.count > namesInLine else { return names }
    let first = all.prefix(namesInLine / 2)
    return first.joined(separator: ", ") + " and \(all.count - first.count) more"
  }

  private static let namesInLine = 10

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
      return [origin.remark(error, hiding: redaction, annotations)]
    }
  }

  /// The line that takes the place of a refused document in newline-delimited output, with the line end
  /// of the document.
  func record(of error: InjectionError, _ bytes: [UInt8]) -> [UInt8] {
    let problems =
      switch error {
      case .syntax(let problem), .options(let problem): [problem]
      case .refused(let findings): findings
      }
    let lines = TextLines(of: bytes)
    let redaction = Redaction(of: bytes)
    let findings = problems.map { problem in
      Message(problem, in: lines, from: origin.firstLine, hiding: redaction).json
    }
    let record: JSONValue = ["error": .array(findings), "document": .integer(origin.number)]
    let lineEnd = "\r\n".utf8
    let end = bytes.suffix(from: bytes.lastIndex { !lineEnd.contains($0) }.map { $0 + 1 } ?? 0)
    return Array(Printable.json(record).utf8.dropLast()) + end
  }

  private func remark(_ message: Message, excerpt: [String] = []) -> Remark {
    let problem = message.problem
    let place = "\(origin.file):\(message.line):\(message.column)"
    let head = "\(place): \(problem.severity.rawValue): \(message.coded)\(origin.ordinal)"
    return Remark(
      [head] + excerpt + ["  fix: \(message.fix)"] + message.lines(indentedBy: 4),
      of: problem.severity == .warning ? ReportedWarnings.Warning(problem) : nil, at: place,
      annotation: annotations?.command(for: message, in: origin))
  }
}
