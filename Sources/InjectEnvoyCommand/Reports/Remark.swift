import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Lines for a person, without secrets and control characters: made wherever a document is worked on,
/// and printed in the order of the documents.
struct Remark: Sendable {
  /// With the line end.
  let bytes: [UInt8]
  /// The rule of a warning about the run itself.
  let ofRun: Rule?
  /// Whether it reports the outcome of a document, which is true only once that is written.
  let isOutcome: Bool

  /// - Parameter lines: a line end in one of them belongs to a quoted text, and is escaped.
  init(_ lines: String..., ofRun: Rule? = nil, isOutcome: Bool = false) {
    bytes = lines.flatMap { Array((Printable.line(SecretPattern.masked($0)) + "\n").utf8) }
    self.ofRun = ofRun
    self.isOutcome = isOutcome
  }
}

extension Streams {
  /// A stream that cannot be written is not an error.
  func say(_ remark: Remark) { _ = FileBytes.write(remark.bytes, to: error) }

  func say(_ line: String) { say(Remark(line)) }
}

extension Streams {
  /// Reports every problem of an error, with what to do about it.
  func say(_ error: CommandError) {
    for message in error.problems.map({ Message($0) }) {
      say("inject-envoy: error: \(message.prefix)\(message.text)")
      say("  fix: \(message.fix)")
    }
  }
}

extension Message {
  /// The place in a file with which the message begins.
  fileprivate var prefix: String {
    guard let ownPlace else { return "" }
    let pointer = problem.pointer.tokens.isEmpty ? "" : "\(problem.pointer): "
    return "\(ownPlace): \(pointer)"
  }
}
