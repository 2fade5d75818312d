package import LosslessJSON
import LosslessYAML

/// Reads a document in the format that its content shows: JSON, or a template in YAML.
package enum DocumentFormat {
  /// - Parameter bytes: what was read, with or without a byte order mark.
  /// - Throws: problems whose offsets include the byte order mark.
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

  private static func notYAML(
    _ error: YAMLError, in bytes: [UInt8], from start: Int
  ) -> Problem {
    // The parser may report the error some lines too late.
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let before = lines[..<min(error.line, lines.count)].suffix(3)
    let engine = ["{{", "{%", "<%"].first { mark in
      before.contains { String(decoding: $0, as: UTF8.self).contains(mark) }
    }
    return Problem(
      Self.yaml, ["reason": error.message],
      fix: engine.map { "Render the template first. '\($0)' begins a placeholder here." },
      at: Place(offset: offset(of: error, in: bytes) + start))
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
  /// The edits that the layout of a YAML document does not allow, as findings.
  ///
  /// - Parameter start: the offset of the document, after a byte order mark.
  package func refusalFindings(from start: Int) -> [Problem] {
    refusals.map { refusal in
      Problem(
        DocumentFormat.unsafeEdit, text: Wording(verbatim: refusal.obstacle.text),
        fix: Wording(verbatim: refusal.obstacle.fix), at: Place(offset: refusal.offset + start))
    }
  }
}

extension DocumentFormat {
  package static let rules = [syntax, yaml, unsafeEdit]

  package static let syntax = Rule.error(
    "syntax", "The document is not valid JSON (RFC 8259). Other parsers may read it differently.",
    fix: "Fix the syntax at this position.", see: "https://www.rfc-editor.org/rfc/rfc8259")
  private static let yaml = Rule.error(
    "yaml", "The template is not valid YAML: {reason}.",
    fix: "Fix the template at this position.")
  fileprivate static let unsafeEdit = Rule.error(
    "unsafe-edit", "The layout of the YAML does not allow an edit at this position.",
    fix: "Write the value in block style, without an alias.")
}
