package import LosslessJSON
import LosslessYAML

/// Reads a document in the format that its content shows: JSON, or a template in YAML.
package enum DocumentFormat {
  /// - Parameter bytes: what was read, with or without a byte order mark.
  /// - Throws: places count from the first byte, the mark's too.
  package static func read(_ bytes: [UInt8]) throws(InjectionError) -> Document {
    let start = ByteOrderMark.end(in: bytes)
    let text = ByteOrderMark.removed(from: bytes)
    let problem: SyntaxError
    do throws(SyntaxError) {
      return try Document(text)
    } catch {
      problem = SyntaxError(error.reason, at: error.offset + start)
    }
    if isMeantAsJSON(text) { throw .syntax(problem) }
    let document: Document
    do throws(YAMLError) {
      document = try Document(yaml: text)
    } catch {
      guard isTemplate(text) else { throw .syntax(problem) }
      throw .refused([notYAML(error, in: text, from: start)])
    }
    guard document.kind(of: document.root) == .object else { throw .syntax(problem) }
    return document
  }

  /// Nothing that begins with a brace or bracket was meant as YAML, even where comments stand
  /// before it, nor a text without anything.
  private static func isMeantAsJSON(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).lazy.compactMap { line in
      line.first { $0 > 0x20 }
    }
    guard let first = lines.first(where: { $0 != UInt8(ascii: "#") }) else { return true }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// Whether somebody meant this as a template: no JSON, but its words at a line's start.
  private static func isTemplate(_ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    return lines.contains { $0.starts(with: "Resources:".utf8) }
  }

  private static func notYAML(
    _ error: YAMLError, in bytes: [UInt8], from start: Int
  ) -> Problem {
    // The parser may notice only some lines later.
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let before = lines[..<min(error.line, lines.count)].suffix(3)
    let engine = ["{{", "{%", "<%"].first { mark in
      before.contains { String(decoding: $0, as: UTF8.self).contains(mark) }
    }
    return Problem(.notYAML(error, engine), at: offset(of: error, in: bytes) + start)
  }

  private static func offset(of error: YAMLError, in bytes: [UInt8]) -> Int {
    var start = 0
    for _ in 1..<max(error.line, 1) {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { break }
      start = end + 1
    }
    let line = String(decoding: bytes[start...].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let before = String.UnicodeScalarView(line.unicodeScalars.prefix(error.column - 1))
    return start + String(before).utf8.count
  }
}

extension Document {
  /// Edits that the layout of a YAML document does not allow, as findings.
  ///
  /// - Parameter start: where the document begins, behind a byte order mark.
  package func refusalFindings(from start: Int) -> [Problem] {
    refusals.map { Problem(.unsafeEdit($0), at: $0.offset + start) }
  }
}

extension Message {
  /// - Parameter engine: what begins a placeholder of a template engine there.
  fileprivate static func notYAML(_ error: YAMLError, _ engine: String?) -> Self {
    Self(
      .yaml, "this is not the YAML of a template: \(error.message)",
      fix: engine.map { "render the template first: '\($0)' begins a placeholder here" })
  }
  fileprivate static func unsafeEdit(_ refusal: EditRefusal) -> Self {
    Self(
      .unsafeEdit, Wording(verbatim: refusal.obstacle.text),
      fix: Wording(verbatim: refusal.obstacle.fix))
  }
}
