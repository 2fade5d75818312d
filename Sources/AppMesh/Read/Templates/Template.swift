import CloudFormation
import LosslessJSON

/// One of the given CloudFormation templates.
///
/// A class, so that its evaluator can be looked up by identity.
final class Template: Sendable {
  struct Resource: Sendable {
    let logicalID: String
    let type: String
    let node: NodeID
    /// The `Properties` of the resource, with unevaluated functions.
    let properties: JSONValue
    let condition: String?
  }

  let source: SourceDocument
  let root: NodeID
  /// The whole template.
  let value: JSONValue
  let resources: [Resource]
  private let indices: [String: Int]

  /// - Parameters:
  /// - root: the root of the template.
  /// - resources: its `Resources`.
  init(_ source: SourceDocument, root: NodeID, resources: NodeID) {
    let document = source.document
    self.source = source
    self.root = root
    value = document.value(root)
    self.resources = document.members(of: resources).map { member in
      func text(_ name: String) -> String? {
        document.member(name, of: member.value).flatMap { document.string($0) }
      }
      let properties = document.member("Properties", of: member.value)
      return Resource(
        logicalID: member.name, type: text("Type") ?? "", node: member.value,
        properties: properties.map { document.value($0) } ?? .object([]),
        condition: text("Condition"))
    }
    indices = Dictionary(
      self.resources.enumerated().map { ($0.element.logicalID, $0.offset) }
    ) { first, _ in first }
  }

  func resource(_ logicalID: String) -> Resource? {
    indices[logicalID].map { resources[$0] }
  }
}

extension Template.Resource {
  /// A property, regardless of case.
  func property(_ name: String) -> JSONValue? {
    properties.object?.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
