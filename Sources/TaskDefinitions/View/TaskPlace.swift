package import CloudFormation
package import LosslessJSON

/// Where in a document a task definition is, and how it is spelled there.
package struct TaskPlace: Sendable {
  package let root: NodeID
  package var dialect = Dialect.register
  /// The logical id of the resource in a template.
  package var resource: String?
  /// The network mode is not the document's own word: a bare list of containers has none.
  package var assumesNetworkMode = false
  /// What the template's functions come to; `nil`: it is no template.
  package var values: TemplateValues?

  /// What a template's function comes to; `nil`: it is no function, or nobody knows.
  package func resolve(_ node: NodeID, in document: Document) -> JSONValue? {
    guard let values, document.kind(of: node) == .object else { return nil }
    let value = document.value(node)
    return Intrinsic.isIntrinsic(value) ? values.resolve(value) : nil
  }

  /// Whether a template's function stands here.
  package func isIntrinsic(_ node: NodeID, in document: Document) -> Bool {
    guard values != nil, document.kind(of: node) == .object else { return false }
    let members = document.members(of: node)
    return members.count == 1 && Intrinsic.isName(members[0].name)
  }
}
