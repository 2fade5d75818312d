import CloudFormation
import LosslessJSON

/// One document of a file.
final class SourceDocument: Sendable {
  let file: String
  let document: Document
  private let lines: TextLines
  /// The document's first line in its file, counted from 1.
  private let firstLine: Int

  init(file: String, document: Document, bytes: [UInt8], firstLine: Int) {
    self.file = file
    self.document = document
    lines = TextLines(of: bytes)
    self.firstLine = firstLine
  }

  func origin(of node: NodeID) -> Origin {
    let position = TextPosition(of: document.offset(of: node), in: lines)
    return Origin(
      file: file, pointer: document.pointer(to: node).description,
      line: firstLine + position.line - 1)
  }

  /// Parses a document that is embedded as text: a template in the output of `get-template`, or an event.
  ///
  /// - Returns: `nil` if the value is not text that holds a document.
  func embedded(_ node: NodeID) -> SourceDocument? {
    guard let text = document.string(node) else { return nil }
    // Discarded, because its places are relative to the text. The reader reports the failure instead.
    let log = ProblemLog()
    let place = origin(of: node)
    let name = "\(file) (\(place.pointer))"
    let documents = MeshFile(name: name, bytes: Array(text.utf8)).documents(log)
    return log.isEmpty ? documents.first : nil
  }

  /// Evaluates the functions of a value. Returns `nil` for null, and for a member that a function removes.
  ///
  /// - Parameter values: the evaluator, or `nil` if the document is not a template.
  func value(at node: NodeID, _ values: TemplateValues?) -> SpecValue? {
    guard let values, let function = function(at: node) else { return plainValue(at: node, values) }
    do throws(Problem) {
      let branches = document.elements(of: function.argument)
      if function.name == Intrinsic.if, branches.count == 3,
        let condition = document.string(branches[0])
      {
        return value(at: branches[try values.holds(condition) ? 1 : 2], values)
      }
      return computed(try values.evaluate(document.value(node)), at: node)
    } catch {
      return SpecValue(.unresolved(error), at: node, in: self)
    }
  }

  private func function(at node: NodeID) -> (name: String, argument: NodeID)? {
    let members = document.members(of: node)
    guard members.count == 1, Intrinsic.isName(members[0].name) else { return nil }
    return (members[0].name, members[0].value)
  }

  private func plainValue(at node: NodeID, _ values: TemplateValues?) -> SpecValue? {
    switch document.kind(of: node) {
    case .object:
      let members = document.members(of: node).compactMap { member in
        value(at: member.value, values).map { (member.name, $0) }
      }
      return SpecValue(.object(members), at: node, in: self)
    case .array:
      let elements = document.elements(of: node).compactMap { value(at: $0, values) }
      return SpecValue(.array(elements), at: node, in: self)
    default: return computed(document.value(node), at: node)
    }
  }

  /// Converts the result of a function. All its parts have the place of the function.
  private func computed(_ value: JSONValue, at node: NodeID) -> SpecValue? {
    switch value {
    case .null: return nil
    case .bool, .number, .string:
      return SpecValue(.scalar(value.text ?? ""), at: node, in: self)
    case .array(let elements):
      return SpecValue(.array(elements.compactMap { computed($0, at: node) }), at: node, in: self)
    case .object(let members):
      let members = members.compactMap { member in
        computed(member.value, at: node).map { (member.name, $0) }
      }
      return SpecValue(.object(members), at: node, in: self)
    }
  }
}
