import LosslessJSON

/// A problem with its texts for users: with flags for settings, without secrets, and with its line and column.
/// ``Remark`` escapes control characters when it prints them.
struct Message: Sendable {
  let problem: Problem
  let text: String
  /// The fix in one line.
  let fix: String
  /// Lines to copy, which follow the fix.
  let listing: [String]
  /// The position in the document; `nil` if the problem is not in a document that was read.
  private let position: TextPosition?
  /// The line of the file on which the document begins, counted from 1.
  private let firstLine: Int

  /// A problem of a document.
  ///
  /// - Parameters:
  ///   - firstLine: the line of the file on which the document begins, counted from 1.
  ///   - redaction: `nil` if the problem does not quote the document.
  init(
    _ problem: Problem, in lines: TextLines, from firstLine: Int, hiding redaction: Redaction?
  ) {
    self.problem = problem
    let (text, fix) = (problem.text.spelled, problem.fix.spelled)
    self.text = redaction?.masked(text, at: problem.offset) ?? text
    self.fix = redaction?.masked(fix) ?? fix
    listing = problem.listing.map { redaction?.masked($0) ?? $0 }
    position = TextPosition(of: problem.offset, in: lines)
    self.firstLine = firstLine
  }

  /// A problem of the command line, the options or a mesh.
  init(_ problem: Problem, hiding redaction: Redaction? = nil) {
    self.problem = problem
    text = redaction?.masked(problem.text.spelled) ?? problem.text.spelled
    fix = redaction?.masked(problem.fix.spelled) ?? problem.fix.spelled
    listing = problem.listing
    position = nil
    firstLine = 1
  }

  /// The lines to copy. Empty lines stay empty.
  func lines(indentedBy count: Int) -> [String] {
    listing.map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }
  }

  /// The fix with what follows it, as one text of several lines.
  var wholeFix: String { ([fix] + listing).joined(separator: "\n") }

  /// The text with the problem's code and its place in the document: `[code] text (at /pointer)`.
  var coded: String {
    let pointer = position == nil ? "" : problem.pointer.description
    return "[\(problem.code)] \(text)" + (pointer.isEmpty ? "" : " (at \(pointer))")
  }

  /// The line in the file, counted from 1.
  var line: Int { position.map { $0.line + firstLine - 1 } ?? problem.place?.line ?? 1 }

  /// The column in Unicode scalars, counted from 1.
  var column: Int { position?.column ?? 1 }

  /// The file and line that the problem names itself, such as `mesh.yaml:7`; `nil` if it names no file.
  var ownPlace: String? { problem.place?.file.map { "\($0):\(line)" } }
}
