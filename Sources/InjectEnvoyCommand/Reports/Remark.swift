import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Lines for standard error, without secrets and control characters. They are made while documents are
/// processed in parallel, and printed in the order of the documents.
struct Remark: Sendable {
  /// With the line end.
  let bytes: [UInt8]
  /// The rule of a warning about the run itself; `nil` if the lines are about a document.
  let ofRun: Rule?
  /// Whether it reports the outcome of a document. It is printed after the document is written.
  let isOutcome: Bool

  init(_ lines: String..., isOutcome: Bool = false) {
    self.init(lines, ofRun: nil, isOutcome: isOutcome)
  }

  /// - Parameter lines: the lines. A newline in one of them belongs to a quoted text, and is escaped.
  init(_ lines: [String], ofRun: Rule?, isOutcome: Bool = false) {
    bytes = lines.flatMap { Array((Printable.line(SecretPattern.masked($0)) + "\n").utf8) }
    self.ofRun = ofRun
    self.isOutcome = isOutcome
  }
}

extension Streams {
  /// Writes to standard error. A failure to write there is ignored.
  func say(_ remark: Remark) { _ = FileBytes.write(remark.bytes, to: error) }

  func say(_ line: String) { say(Remark(line)) }
}

extension Streams {
  /// Reports every problem of an error, each with its fix.
  func say(_ error: CommandError) {
    for message in error.problems.map({ Message($0) }) {
      say("inject-envoy: error: \(message.prefix)\(message.text)")
      say("  fix: \(message.fix)")
    }
  }
}

extension Message {
  /// The place in a file that the message begins with.
  fileprivate var prefix: String {
    guard let ownPlace else { return "" }
    let pointer = problem.pointer.tokens.isEmpty ? "" : "\(problem.pointer): "
    return "\(ownPlace): \(pointer)"
  }
}
