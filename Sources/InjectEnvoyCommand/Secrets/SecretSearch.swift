import LosslessJSON

/// Searches documents, without later edits, for secrets.
///
/// A class, because it knows which texts it has searched: an output contains the texts of its edits.
final class SecretSearch {
  /// Called with each secret that may also occur elsewhere.
  private let found: (String) -> Void
  /// Whether a text has a secret that is recognized without the name of its value.
  private(set) var hasPatterns = false
  /// Hashes of the long texts that were searched.
  private var searched: Set<Int> = []
  /// The bytes from which on a text is long. A hash costs less than a search.
  private static let longText = 512

  init(_ found: @escaping (String) -> Void) { self.found = found }

  func look(through document: Document) {
    document.withScannedNodes { nodes, root in look(at: root, nodes) }
  }

  private func look(at node: NodeID, _ nodes: ScannedNodes) {
    if nodes.isString(node) { return look(atText: node, nodes) }
    var isPair = false
    var values: [NodeID] = []
    // In a command, an option is followed by its value.
    var isArgument = false
    nodes.forEachChild(of: node) { name, value in
      if name == nil {
        if isArgument { tell(value, nodes) }
        isArgument = announcesArgument(value, nodes)
      }
      if let name {
        switch PairMember(name, nodes) {
        case .name: isPair = isPair || announcesSecret(value, nodes)
        case .value: values.append(value)
        case nil: break
        }
        if announcesSecret(name, nodes) { tell(value, nodes, orMember: "Default") }
      }
      look(at: value, nodes)
    }
    if isPair { for value in values { tell(value, nodes) } }
  }

  private func look(atText node: NodeID, _ nodes: ScannedNodes) {
    if let text = nodes.plainText(of: node) {
      // Without escapes the text has no quotes, so it cannot be JSON that contains strings.
      return look(in: text)
    }
    var text = nodes.text(of: node)
    if text.utf8.count >= Self.longText, !searched.insert(text.hashValue).inserted { return }
    text.withUTF8 { look(in: $0) }
    if let inner = Self.container(in: text) { look(through: inner) }
  }

  private func look(in text: UnsafeBufferPointer<UInt8>) {
    for range in SecretPattern.secrets(in: text) {
      hasPatterns = true
      found(String(decoding: text[range], as: UTF8.self))
    }
    for range in SecretContext.secrets(in: text, hasOptions: true) {
      hasPatterns = true
      // A port or a number of seconds also occurs in other places, with other meanings.
      let isNumber = text[range].allSatisfy { (0x30...0x39).contains($0) }
      if range.count >= (isNumber ? 6 : 4) { found(String(decoding: text[range], as: UTF8.self)) }
    }
  }

  private func announcesArgument(_ node: NodeID, _ nodes: ScannedNodes) -> Bool {
    guard nodes.isString(node), let text = nodes.plainText(of: node),
      text.first == UInt8(ascii: "-")
    else { return false }
    return SecretContext.announcesArgument(String(decoding: text, as: UTF8.self))
  }

  private func tell(_ value: NodeID, _ nodes: ScannedNodes, orMember name: String? = nil) {
    if nodes.isString(value) || nodes.isNumber(value) { return found(nodes.text(of: value)) }
    guard let name else { return }
    // The value of a template's parameter is one level deeper.
    nodes.forEachChild(of: value) { member, value in
      if let member, nodes.text(of: member) == name { tell(value, nodes) }
    }
  }

  private func announcesSecret(_ node: NodeID, _ nodes: ScannedNodes) -> Bool {
    guard nodes.isString(node) else { return false }
    guard let text = nodes.plainText(of: node) else {
      return SecretName.announcesSecret(nodes.text(of: node))
    }
    return SecretName.announcesSecret(text)
  }

  /// Parses a text that is a JSON object or array, such as a ledger or a bootstrap, or a JSON string.
  static func container(in text: String) -> Document? {
    guard let first = text.utf8.first, #"{[""#.utf8.contains(first) else { return nil }
    return try? Document(Array(text.utf8))
  }
}

/// The members of `{"name": …, "value": …}`, the form of variables, properties and tags in ECS and
/// CloudFormation.
private enum PairMember {
  case name, value

  init?(_ name: NodeID, _ nodes: ScannedNodes) {
    // The length rules out most other names.
    if let text = nodes.plainText(of: name), !(3...5).contains(text.count) { return nil }
    switch nodes.text(of: name) {
    case "name", "Name", "key", "Key": self = .name
    case "value", "Value": self = .value
    default: return nil
    }
  }
}

extension Edit {
  /// Whether the pointer identifies a secret: `…/=DB_PASSWORD/value`, `…/DB_PASSWORD`.
  var announcesSecret: Bool {
    let tokens = namedPointer.tokens.suffix(2)
    return tokens.contains { SecretName.announcesSecret($0) }
  }
}
