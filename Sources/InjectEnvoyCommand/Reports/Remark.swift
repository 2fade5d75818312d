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

  init(_ text: String, ofRun: Rule? = nil) {
    bytes = Array((SecretPattern.masked(text) + "\n").utf8)
    self.ofRun = ofRun
  }
}

extension Streams {
  /// That nobody listens is no error.
  func say(_ remark: Remark) { _ = FileBytes.write(remark.bytes, to: error) }

  func say(_ line: String) { say(Remark(line)) }
}
