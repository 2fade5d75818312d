import LosslessJSON
import LosslessYAML

extension MeshFile {
  /// The documents of a file: JSON ones one after another, or YAML.
  func documents(_ log: ProblemLog) -> [SourceDocument] {
    let text = ByteOrderMark.removed(from: bytes)
    // Nothing that begins with a brace or bracket was meant as YAML.
    guard let first = text.first(where: { $0 > 0x20 }) else {
      log.add(.empty, at: Origin(file: name, pointer: "", line: 1))
      return []
    }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    return isJSON ? jsonDocuments(text, log) : yamlDocuments(text, log)
  }

  private func jsonDocuments(_ text: [UInt8], _ log: ProblemLog) -> [SourceDocument] {
    var splitter = DocumentSplitter()
    splitter.append(text)
    var documents: [SourceDocument] = []
    while let piece = splitter.next(isEnd: true) {
      do throws(SyntaxError) {
        let document = try Document(piece.bytes)
        documents.append(
          SourceDocument(
            file: name, document: document, bytes: piece.bytes, firstLine: piece.line))
      } catch {
        let line = TextPosition(of: error.offset, in: piece.bytes).line + piece.line - 1
        let isVariable =
          error.offset < piece.bytes.count && piece.bytes[error.offset] == UInt8(ascii: "$")
        log.add(
          isVariable ? .shellVariable : .syntax(error),
          at: Origin(file: name, pointer: "", line: line))
        break
      }
    }
    return documents
  }

  private func yamlDocuments(_ text: [UInt8], _ log: ProblemLog) -> [SourceDocument] {
    var documents: [SourceDocument] = []
    var rest = text
    var line = 1
    do throws(YAMLError) {
      while true {
        documents.append(
          SourceDocument(
            file: name, document: try Document(yaml: rest), bytes: rest, firstLine: line))
        guard let next = try Document.secondDocument(inYAML: rest), next > 0 else { break }
        line += rest[..<next].count { $0 == UInt8(ascii: "\n") }
        rest = Array(rest[next...])
      }
    } catch {
      log.add(.yaml(error), at: Origin(file: name, pointer: "", line: line + error.line - 1))
    }
    return documents
  }
}

/// What is wrong with a file, and how to fix it.
private struct FileProblem {
  let message: String
  let fix: String

  static let empty = Self(message: "the file is empty", fix: "give the description of a mesh")
  static let shellVariable = Self(
    message: "a shell's variable stands here, so this is no JSON",
    fix: "put its value in its place, in double quotes")

  static func syntax(_ error: SyntaxError) -> Self {
    Self(message: "this is no JSON: \(error.message)", fix: "give strict JSON, or YAML")
  }

  static func yaml(_ error: YAMLError) -> Self {
    Self(
      message: "this is no YAML: \(error.message)", fix: "give a CloudFormation template, or JSON")
  }
}

extension ProblemLog {
  fileprivate func add(_ problem: FileProblem, at origin: Origin) {
    add(problem.message, fix: problem.fix, at: origin)
  }
}
