import CloudFormation
import LosslessJSON

/// A value of a description with its functions evaluated, and its place.
struct SpecValue: Sendable {
  indirect enum Content: Sendable {
    /// Also numbers and booleans: CloudFormation treats them alike.
    case scalar(String)
    case array([SpecValue])
    case object([(name: String, value: SpecValue)])
    /// A value that cannot be evaluated, with the reason.
    case unresolved(Problem)
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

  /// An array's elements. `nil` for other values.
  var elements: [SpecValue]? {
    guard case .array(let elements) = content else { return nil }
    return elements
  }

  /// A scalar's text. `nil` for other values.
  var text: String? {
    guard case .scalar(let text) = content else { return nil }
    return text
  }

  /// The member of that name, regardless of case.
  subscript(name: String) -> SpecValue? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

extension SpecValue {
  /// Another text with this value's place.
  func replacing(with text: String) -> SpecValue { replacing(content: .scalar(text)) }

  /// Another content with this value's place.
  func replacing(content: Content) -> SpecValue { SpecValue(content, at: node, in: source) }
}
