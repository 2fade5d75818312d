import CloudFormation
import LosslessJSON

/// A value of a description, with its functions followed, and where it stands.
struct SpecValue: Sendable {
  indirect enum Content: Sendable {
    /// Numbers and booleans too: CloudFormation makes no difference.
    case scalar(String)
    case array([SpecValue])
    case object([(name: String, value: SpecValue)])
    case unresolved(Unresolved)
  }

  let content: Content
  private let node: NodeID
  private let source: SourceDocument

  init(_ content: Content, at node: NodeID, in source: SourceDocument) {
    self.content = content
    self.node = node
    self.source = source
  }

  var origin: Origin { source.origin(of: node) }

  /// The member of that name, in whatever case its letters are.
  subscript(name: String) -> SpecValue? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

extension SpecValue {
  /// Another text in the same place.
  func replacing(with text: String) -> SpecValue { SpecValue(.scalar(text), at: node, in: source) }
}
