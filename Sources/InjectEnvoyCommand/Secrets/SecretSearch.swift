import LosslessJSON

/// Searches a document as it was read, without later edits, for secrets.
struct SecretSearch {
  /// Called with each secret.
  let found: (String) -> Void

  func look(through document: Document) {
    document.withScannedNodes { nodes, root in look(at: root, nodes) }
  }

  private func look(at node: NodeID, _ nodes: ScannedNodes) {
    if nodes.isString(node) { return look(atText: node, nodes) }
    var isPair = false
    var values: [NodeID] = []
    // In a command an option is followed by its value.
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
      // Without escapes it has no quotes, so it is no JSON with texts of its own.
      return look(in: text)
    }
    var text = nodes.text(of: node)
    text.withUTF8 { look(in: $0) }
    if let inner = Self.container(in: text) { look(through: inner) }
  }

  private func look(in text: UnsafeBufferPointer<UInt8>) {
    for range in SecretPattern.secrets(in: text) {
      found(String(decoding: text[range], as: UTF8.self))
    }
    for range in SecretContext.secrets(in: text, hasOptions: true) {
      // A port or a number of seconds stands in other places as well, and means something else.
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
    // A parameter of a template has its value one level below.
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

  /// A text that is a JSON object or array, as a ledger and a bootstrap are, or a string of JSON.
  static func container(in text: String) -> Document? {
    guard let first = text.utf8.first, #"{[""#.utf8.contains(first) else { return nil }
    return try? Document(Array(text.utf8))
  }
}

/// The members of `{"name": …, "value": …}`, as ECS has variables, properties and tags, and
/// CloudFormation.
private enum PairMember {
  case name, value

  init?(_ name: NodeID, _ nodes: ScannedNodes) {
    // Most names are others: they show by their length.
    if let text = nodes.plainText(of: name), !(3...5).contains(text.count) { return nil }
    switch nodes.text(of: name) {
    case "name", "Name", "key", "Key": self = .name
    case "value", "Value": self = .value
    default: return nil
    }
  }
}

extension Edit {
  /// Whether the pointer says that the value is a secret: `…/=DB_PASSWORD/value`, `…/DB_PASSWORD`.
  var announcesSecret: Bool {
    let tokens = namedPointer.tokens.suffix(2)
    return tokens.contains { SecretName.announcesSecret($0) }
  }
}
