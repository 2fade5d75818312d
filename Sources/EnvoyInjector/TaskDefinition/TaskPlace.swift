import CloudFormation
import LosslessJSON

/// Where in a document a task definition is, and how it is spelled there.
struct TaskPlace: Sendable {
  let root: NodeID
  var dialect = Dialect.register
  /// The logical id of the resource in a template.
  var resource: String?
  /// The network mode is not the document's own word: a bare list of containers has none.
  var assumesNetworkMode = false
  /// What the template's functions come to; `nil`: it is no template.
  var values: TemplateValues?

  /// What a template's function comes to; `nil`: it is no function, or nobody knows.
  func resolve(_ node: NodeID, in document: Document) -> JSONValue? {
    guard let values, document.kind(of: node) == .object else { return nil }
    let value = document.value(node)
    return Intrinsic.isIntrinsic(value) ? values.resolve(value) : nil
  }

  /// Whether a template's function stands here.
  func isIntrinsic(_ node: NodeID, in document: Document) -> Bool {
    guard values != nil, document.kind(of: node) == .object else { return false }
    let members = document.members(of: node)
    return members.count == 1 && Intrinsic.isName(members[0].name)
  }
}
