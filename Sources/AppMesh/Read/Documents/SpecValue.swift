import CloudFormation
import LosslessJSON

/// A value of a description after evaluation of its functions, with its place.
struct SpecValue: Sendable {
  indirect enum Content: Sendable {
    /// Text, and also numbers and Booleans, because CloudFormation treats them alike.
    case scalar(String)
    case array([SpecValue])
    case object([(name: String, value: SpecValue)])
    /// A value that cannot be evaluated, and the reason.
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

  /// The elements of an array, or `nil` for other values.
  var elements: [SpecValue]? {
    guard case .array(let elements) = content else { return nil }
    return elements
  }

  /// The text of a scalar, or `nil` for other values.
  var text: String? {
    guard case .scalar(let text) = content else { return nil }
    return text
  }

  /// The member with this name, regardless of case.
  subscript(name: String) -> SpecValue? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

extension SpecValue {
  /// A different text at the place of this value.
  func replacing(with text: String) -> SpecValue { replacing(content: .scalar(text)) }

  /// A different content at the place of this value.
  func replacing(content: Content) -> SpecValue { SpecValue(content, at: node, in: source) }
}
