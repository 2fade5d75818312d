import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Lines for standard error, without secrets and control characters. They are made while documents are
/// processed in parallel, and printed in the order of the documents.
struct Remark: Sendable {
  /// With the line end.
  let bytes: [UInt8]
  /// The warning that the lines report; `nil` if they report something else.
  let warning: ReportedWarnings.Warning?
  /// The file, line and column of the warning.
  let place: String
  /// Whether it reports the outcome of a document. It is printed after the document is written.
  let isOutcome: Bool

  init(_ lines: String..., isOutcome: Bool = false) {
    self.init(lines, isOutcome: isOutcome)
  }

  /// - Parameters:
  ///   - lines: a line end in one of them belongs to a quoted text, and is escaped.
  ///   - annotation: a command of a workflow that says the same, which is printed as it is.
  init(
    _ lines: [String], of warning: ReportedWarnings.Warning? = nil, at place: String = "",
    annotation: String? = nil, isOutcome: Bool = false
  ) {
    var bytes = lines.flatMap { Array((Printable.line(SecretPattern.masked($0)) + "\n").utf8) }
    if let annotation { bytes += Array((SecretPattern.masked(annotation) + "\n").utf8) }
    self.bytes = bytes
    self.warning = warning
    self.place = place
    self.isOutcome = isOutcome
  }
}

extension Streams {
  /// Writes to standard error. A failure to write there is ignored.
  func say(_ remark: Remark) {
    _ = FileBytes.write(messageStyle.message(remark.bytes), to: error)
  }

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
