import LosslessJSON
import LosslessYAML

extension MeshFile {
  /// The documents of a file: concatenated JSON, or YAML.
  func documents(_ log: ProblemLog) -> [SourceDocument] {
    let text = ByteOrderMark.removed(from: bytes)
    // A text that begins with a brace or bracket was not intended as YAML.
    guard let first = text.first(where: { $0 > 0x20 }) else {
      log.add(Self.empty, at: Origin(file: name, pointer: "", line: 1))
      return []
    }
    guard !text.contains(0) else {
      log.add(Self.binary, at: Origin(file: name, pointer: "", line: 1))
      return []
    }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    if isJSON { return jsonDocuments(text, log) }
    if let line = TerraformSyntax.firstBlock(in: text) {
      log.add(Self.terraform, at: Origin(file: name, pointer: "", line: line))
      return []
    }
    return yamlDocuments(text, log)
  }

  private func jsonDocuments(_ text: [UInt8], _ log: ProblemLog) -> [SourceDocument] {
    var splitter = DocumentSplitter()
    splitter.append(text)
    var documents: [SourceDocument] = []
    while let piece = splitter.next(isEnd: true) {
      do throws(Problem) {
        let document = try Document(piece.bytes)
        documents.append(
          SourceDocument(
            file: name, document: document, bytes: piece.bytes, firstLine: piece.line))
      } catch {
        let line = TextPosition(of: error.offset, in: piece.bytes).line + piece.line - 1
        let isVariable =
          error.offset < piece.bytes.count && piece.bytes[error.offset] == UInt8(ascii: "$")
        let origin = Origin(file: name, pointer: "", line: line)
        if isVariable {
          log.add(Self.shellVariable, at: origin)
        } else {
          log.add(Self.notJSON, ["reason": error.text.description], at: origin)
        }
        break
      }
    }
    return documents
  }

  private func yamlDocuments(_ text: [UInt8], _ log: ProblemLog) -> [SourceDocument] {
    var documents: [SourceDocument] = []
    var rest = text
    var line = 1
    do throws(Problem) {
      while true {
        documents.append(
          SourceDocument(
            file: name, document: try Document(yaml: rest), bytes: rest, firstLine: line))
        guard let next = try Document.secondDocument(inYAML: rest), next > 0 else { break }
        line += rest[..<next].count { $0 == UInt8(ascii: "\n") }
        rest = Array(rest[next...])
      }
    } catch {
      let position = TextPosition(of: error.offset, in: rest)
      log.add(
        Self.notYAML, ["reason": error.text.description],
        at: Origin(file: name, pointer: "", line: line + position.line - 1))
    }
    return documents
  }
}

extension MeshFile {
  static let rules = [binary, empty, notJSON, notYAML, shellVariable, terraform]

  private static let binary = Rule.error(
    "mesh-file-binary", "The file is not text.", fix: "Give the description of a mesh.")
  private static let terraform = Rule.error(
    "mesh-file-terraform",
    "This is Terraform configuration (HCL). Only Terraform can evaluate its variables, modules and "
      + "loops.",
    fix: "Give the output of 'terraform show -json' for a state or a plan, or of 'terraform state "
      + "pull'.")
  private static let empty = Rule.error(
    "mesh-file-empty", "The file is empty.", fix: "Give the description of a mesh.")
  private static let shellVariable = Rule.error(
    "mesh-file-shell-variable",
    "The file is not valid JSON: a shell variable stands here.",
    fix: "Replace it with its value, in double quotes.")
  private static let notJSON = Rule.error(
    "mesh-file-json", "The file is not valid JSON. {reason}", fix: "Give strict JSON, or YAML.")
  private static let notYAML = Rule.error(
    "mesh-file-yaml", "The file is not valid YAML. {reason}",
    fix: "Give a CloudFormation template, or JSON.")
}
