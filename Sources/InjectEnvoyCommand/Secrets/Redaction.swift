import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// Hides secrets in reports, diffs and messages. Documents and their ledgers stay exact.
///
/// Names (``SecretName``) and forms (``SecretPattern``) decide whether a value is a secret. Once a value is
/// found, it is hidden everywhere: in a command, in the ledger, in a comment.
struct Redaction: Sendable {
  private var secrets = KnownSecrets()
  /// Whether a value of the documents that were searched may be hidden.
  private var mayHideValues = false
  /// The places of secrets in a document that cannot be read.
  private var places: [Range<Int>] = []

  /// - Parameter bytes: the input.
  init(of bytes: [UInt8]) {
    guard let document = try? DocumentFormat.read(bytes) else {
      places = UnreadableText.secrets(in: bytes)
      return
    }
    self = Redaction(read: document)
  }

  /// Finds the secrets in the input, but not in values that the command adds.
  init(read document: Document) {
    var secrets = KnownSecrets()
    let search = SecretSearch { secrets.add($0, .known) }
    search.look(through: document)
    (self.secrets, mayHideValues) = (secrets, search.hasPatterns || !secrets.isEmpty)
  }

  init(of injection: Injection) {
    var secrets = KnownSecrets()
    var mark = KnownSecrets.Mark.known
    let search = SecretSearch { secrets.add($0, mark) }
    search.look(through: injection.read)
    mark = .new
    if let output = try? DocumentFormat.read(injection.output) { search.look(through: output) }
    for edit in injection.edits {
      for text in [edit.before, edit.after].compactMap({ $0 }) {
        guard let document = try? Document(Array(text.utf8)) else { continue }
        if let text = document.value(document.root).scalar, edit.announcesSecret {
          secrets.add(text, .new)
        }
        search.look(through: document)
      }
    }
    (self.secrets, mayHideValues) = (secrets, search.hasPatterns || !secrets.isEmpty)
  }

  /// A text with its secrets hidden.
  func masked(_ text: String) -> String { SecretPattern.masked(secrets.masked(text)) }

  /// Hides secrets in a message about a place of the document. The message can quote a part of a secret.
  func masked(_ message: String, at offset: Int) -> String {
    guard places.contains(where: { $0.contains(offset) }) else { return masked(message) }
    let parts = message.split(separator: "'", omittingEmptySubsequences: false)
    return parts.enumerated()
      .map { $0.offset % 2 == 1 ? KnownSecrets.Mark.known.rawValue : masked(String($0.element)) }
      .joined(separator: "'")
  }

  /// The document for an excerpt. Each byte of a secret is replaced in place.
  func starred(_ document: [UInt8]) -> [UInt8] { UnreadableText.starred(document, places) }

  /// A value with its secrets hidden, including those in strings that contain JSON.
  func masked(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text):
      if let document = SecretSearch.container(in: text), mayHide(in: document) {
        let inner = document.value(document.root)
        let hidden = masked(inner)
        if hidden != inner { return .string(hidden.compactText) }
      }
      // Passwords that are too short to search for elsewhere are hidden where a command contains them.
      return .string(SecretPattern.masked(secrets.masked(text), hasOptions: true))
    case .array(let elements): return .array(elements.map { masked($0) })
    case .object(let members):
      return .object(members.map { JSONValue.Member($0.name, masked($0.value)) })
    case .number(let spelling): return secrets.mark(spelling).map { .string($0) } ?? value
    case .null, .bool: return value
    }
  }

  /// One of the documents that were searched, for a diff: in its own layout, with secrets hidden.
  func masked(document bytes: [UInt8]) -> [UInt8] {
    let values = mayHideValues ? hidingValues(of: bytes) : bytes
    guard !secrets.isEmpty else { return SecretPattern.masked(values) }
    return Array(masked(String(decoding: values, as: UTF8.self)).utf8)
  }

  private func hidingValues(of bytes: [UInt8]) -> [UInt8] {
    guard var document = try? DocumentFormat.read(bytes) else { return bytes }
    hide(in: document.root, of: &document)
    return bytes[..<ByteOrderMark.end(in: bytes)] + document.rendered()
  }

  /// Whether ``masked(_:)-(JSONValue)`` may change a string. A quick test, for nearly all strings of a document.
  private func mayHide(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, !#"{["#.utf8.contains(first) else { return !text.isEmpty }
    return first == UInt8(ascii: "\"") || secrets.mayOccur(in: text)
      || SecretPattern.hasSecrets(text, hasOptions: true)
  }

  /// Whether ``masked(_:)-(JSONValue)`` may change a value of a document.
  private func mayHide(in document: Document) -> Bool {
    var mayHide = false
    document.withScannedNodes { nodes, root in mayHide = self.mayHide(in: root, nodes) }
    return mayHide
  }

  private func mayHide(in node: NodeID, _ nodes: ScannedNodes) -> Bool {
    if nodes.isString(node) {
      if let text = nodes.plainText(of: node) { return mayHide(text) }
      var text = nodes.text(of: node)
      return text.withUTF8(mayHide)
    }
    if nodes.isNumber(node) { return secrets.mark(nodes.text(of: node)) != nil }
    var mayHide = false
    nodes.forEachChild(of: node) { _, value in
      mayHide = mayHide || self.mayHide(in: value, nodes)
    }
    return mayHide
  }

  private func hide(in node: NodeID, of document: inout Document) {
    let children = document.elements(of: node) + document.values(of: node)
    for child in children { hide(in: child, of: &document) }
    guard node != document.root, children.isEmpty else { return }
    if document.isString(node, where: { !mayHide($0) }) { return }
    let value = document.value(node)
    let hidden = masked(value)
    guard hidden != value else { return }
    document.replace(node, with: hidden, because: Edit.Reason(filter: "redaction", "a secret"))
  }
}

extension JSONValue {
  /// The text of a string, or the spelling of a number.
  fileprivate var scalar: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }
}
