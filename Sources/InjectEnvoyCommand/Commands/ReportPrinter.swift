import EnvoyInjector
import LosslessJSON

/// Tells a person what became of one document.
struct ReportPrinter {
  let file: String
  let streams: Streams
  /// Which document of the file it is, from 1; the first is not numbered.
  var number = 1
  /// The line of the file on which the document begins, from 1.
  var firstLine = 1

  /// Transforms a document; a refusal is printed.
  ///
  /// - Returns: `nil` when the document is refused.
  func result<Success>(
    of bytes: [UInt8], _ transform: ([UInt8]) throws(InjectionError) -> Success
  ) -> Success? {
    success(of: Result { () throws(InjectionError) in try transform(bytes) }, bytes)
  }

  /// - Returns: `nil` when the document is refused: that is printed.
  func success<Success>(of result: Result<Success, InjectionError>, _ bytes: [UInt8]) -> Success? {
    switch result {
    case .success(let success): return success
    case .failure(let error):
      refused(error, bytes)
      return nil
    }
  }

  /// - Parameter outcome: `nil`: what became of the document.
  func done(_ injection: Injection, _ outcome: String?) {
    let facts = injection.facts.isEmpty ? "" : " (\(injection.facts.joined(separator: ", ")))"
    streams.say("\(injection.family ?? file): \(outcome ?? injection.outcome.sentence)\(facts)")
  }

  /// - Parameter redaction: asked for only where something of the document is quoted: to find
  ///   its secrets takes time.
  func found(
    _ findings: [Finding], _ bytes: [UInt8], hiding redaction: @autoclosure () -> Redaction
  ) {
    guard !findings.isEmpty else { return }
    let lines = TextLines(of: bytes)
    let isQuoted = findings.contains { $0.message.mayQuote }
    let redaction = isQuoted ? redaction() : nil
    for finding in findings { say(finding, lines, redaction) }
  }

  func failed(_ error: CommandError) {
    streams.say(error)
  }

  private func refused(_ error: InjectionError, _ bytes: [UInt8]) {
    lazy var redaction = Redaction(of: bytes)
    switch error {
    case .syntax(let error):
      let position = TextPosition(of: error.offset, in: bytes)
      let message = redaction.masked(error.message, at: error.offset)
      streams.say("\(place(of: position)): error: [\(Rule.syntax.code)] \(message)\(ordinal)")
      let shown = TextPosition(of: error.offset, in: redaction.starred(bytes))
      let lines = shown.excerpt.split(separator: "\n", omittingEmptySubsequences: false)
      for line in lines { streams.say("  " + line) }
    case .refused(let findings):
      found(findings, bytes, hiding: redaction)
    case .options(let error):
      streams.say("\(file): error: \(redaction.masked(error.message.text))\(ordinal)")
      streams.say("  fix: \(redaction.masked(error.message.fix))")
    }
  }

  /// - Parameter redaction: `nil`: the message quotes nothing of the document.
  private func say(_ finding: Finding, _ lines: TextLines, _ redaction: Redaction?) {
    let position = TextPosition(of: finding.offset, in: lines)
    let pointer = finding.pointer.description
    let message = finding.message
    let text = redaction?.masked(message.text, at: finding.offset) ?? message.text
    streams.say(
      "\(place(of: position)): \(finding.severity.rawValue): "
        + "[\(message.code)] \(text)"
        + (pointer.isEmpty ? "" : " (at \(pointer))") + "\(ordinal)\n"
        + "  fix: \(redaction?.masked(message.fix) ?? message.fix)")
  }

  private func place(of position: TextPosition) -> String {
    "\(file):\(position.line + firstLine - 1):\(position.column)"
  }

  private var ordinal: String { number == 1 ? "" : " (document \(number))" }
}
