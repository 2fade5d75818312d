package import LosslessJSON
import LosslessYAML

/// Reads a document in the format that its content shows: JSON, or a template in YAML.
package enum DocumentFormat {
  /// - Parameter bytes: the file's contents, with or without a byte order mark.
  /// - Throws: problems whose offsets include the byte order mark.
  package static func read(_ bytes: [UInt8]) throws(InjectionError) -> Document {
    let start = ByteOrderMark.end(in: bytes)
    let text = ByteOrderMark.removed(from: bytes)
    let problem: Problem
    do throws(Problem) {
      return try Document(text)
    } catch {
      problem = error.moved(behind: start)
    }
    if isMeantAsJSON(text) { throw .syntax(problem) }
    let document: Document
    do throws(Problem) {
      document = try Document(yaml: text)
    } catch {
      guard isTemplate(text) else { throw .syntax(problem) }
      throw .refused([notYAML(error, in: text).moved(behind: start)])
    }
    switch document.kind(of: document.root) {
    case .object: return document
    case .array: throw .refused([listInYAML(document).moved(behind: start)])
    default: throw .syntax(problem)
    }
  }

  private static func listInYAML(_ document: Document) -> Problem {
    Problem(
      .yaml, ["reason": "its root is a list"],
      fix: "Write a list of containers as JSON, or below containerDefinitions of a task "
        + "definition.",
      at: Place(offset: document.offset(of: document.root)))
  }

  /// Whether the text is empty, or begins with a brace or bracket, perhaps after comments.
  private static func isMeantAsJSON(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).lazy.compactMap { line in
      line.first { $0 > 0x20 }
    }
    guard let first = lines.first(where: { $0 != UInt8(ascii: "#") }) else { return true }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// Whether a line begins with a section name of a template.
  private static func isTemplate(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    return lines.contains { $0.starts(with: "Resources:".utf8) }
  }

  /// The problem, with the advice to render the template where it has a placeholder of a template
  /// engine.
  private static func notYAML(_ problem: Problem, in bytes: [UInt8]) -> Problem {
    // The parser may report a placeholder some lines later.
    let line = TextPosition(of: problem.offset, in: bytes).line
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let before = lines[..<min(line, lines.count)].suffix(3)
    let engine = ["{{", "{%", "<%"].first { mark in
      before.contains { String(decoding: $0, as: UTF8.self).contains(mark) }
    }
    guard let engine else { return problem }
    return problem.advising("Render the template first. '\(engine)' begins a placeholder here.")
  }
}

extension Document {
  /// The edits that the layout of a YAML document does not allow, as findings. Several edits can meet the same
  /// obstacle, which is reported once.
  ///
  /// - Parameter start: the offset of the document, after a byte order mark.
  package func refusalFindings(from start: Int) -> [Problem] {
    var reported: Set<Problem> = []
    return refusals.compactMap { refusal in
      var finding = refusal.moved(behind: start)
      // No stage reports it: all edits are judged together, after the last one.
      finding.stage = ""
      return reported.insert(finding).inserted ? finding : nil
    }
  }
}

extension DocumentFormat {
  package static let rules: [Rule] = [.syntax, .yaml, .unsafeEdit]
}
