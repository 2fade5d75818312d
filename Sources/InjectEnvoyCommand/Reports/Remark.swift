import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Something that is said to a person, without secrets: made wherever a document is worked on, and
/// said in its turn.
struct Remark: Sendable {
  /// With the line end.
  let bytes: [UInt8]
  /// Of a warning about the run itself.
  let ofRun: Rule?
  /// Whether it says what became of a document, which is true only once that is written.
  let isOutcome: Bool

  /// - Parameter lines: a line end inside of one of them is text that is quoted.
  init(_ lines: String..., ofRun: Rule? = nil, isOutcome: Bool = false) {
    bytes = lines.flatMap { Array((Printable.line(SecretPattern.masked($0)) + "\n").utf8) }
    self.ofRun = ofRun
    self.isOutcome = isOutcome
  }
}

extension Streams {
  /// That nobody listens is no error.
  func say(_ remark: Remark) { _ = FileBytes.write(remark.bytes, to: error) }

  func say(_ line: String) { say(Remark(line)) }
}
