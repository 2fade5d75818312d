import LosslessJSON

/// A problem as people read it: with flags for settings, without secrets, and with its position. The
/// one place that makes lines of a problem: ``Remark`` escapes what they quote.
struct Message: Sendable {
  let problem: Problem
  let text: String
  let fix: String
  /// `nil` if the problem is in no document that was read.
  let position: TextPosition?

  /// A problem of a document.
  ///
  /// - Parameter redaction: `nil` if the problem quotes nothing of the document.
  init(_ problem: Problem, in lines: TextLines, hiding redaction: Redaction?) {
    self.problem = problem
    let (text, fix) = (problem.text.spelled, problem.fix.spelled)
    self.text = redaction?.masked(text, at: problem.offset) ?? text
    self.fix = redaction?.masked(fix) ?? fix
    position = TextPosition(of: problem.offset, in: lines)
  }

  /// A problem of the call, of its options or of a mesh.
  init(_ problem: Problem, hiding redaction: Redaction? = nil) {
    self.problem = problem
    text = redaction?.masked(problem.text.spelled) ?? problem.text.spelled
    fix = redaction?.masked(problem.fix.spelled) ?? problem.fix.spelled
    position = nil
  }

  /// What is wrong, with its code and its place in the document: `[code] text (at /pointer)`.
  var coded: String {
    let pointer = position == nil ? "" : problem.pointer.description
    return "[\(problem.code)] \(text)" + (pointer.isEmpty ? "" : " (at \(pointer))")
  }

  /// From 1.
  var line: Int { position?.line ?? problem.place?.line ?? 1 }

  /// From 1, in Unicode scalars.
  var column: Int { position?.column ?? 1 }

  /// The line of the file that the problem names itself, such as `mesh.yaml:7`; `nil` if it names none.
  var ownPlace: String? { problem.place?.file.map { "\($0):\(line)" } }
}
