import EnvoyInjector
import LosslessJSON

/// Hides secrets in what is not a document: reports, diffs, messages. The documents themselves and
/// the ledger in them stay exact.
///
/// What is a secret is decided by names (``SecretName``) and by forms (``SecretPattern``). A value
/// that is found once is then hidden wherever it stands: in a command, in the ledger, in a comment.
struct Redaction: Sendable {
  enum Mark: String {
    /// It stands in the input.
    case known = "***"
    /// The command adds it.
    case new = "*** (new)"
  }

  /// Shorter ones are hidden only where they are the whole value: a text holds them by chance.
  private static let minimumPart = 4
  /// What a switch called `…_TOKEN` may be set to; no secret.
  private static let plainWords: Set<String> = ["", "true", "false"]

  private(set) var marks: [String: Mark] = [:]
  /// Those that are hidden inside of texts too, the longest first: one can stand in another.
  private var parts: [String] = []
  /// In a document that can't be read.
  private var places: [Range<Int>] = []

  /// - Parameter document: as it was read.
  init(of document: [UInt8]) {
    if let value = Self.value(document) {
      collect(value, .known)
    } else {
      places = UnreadableText.secrets(in: document)
    }
    parts = sortedParts
  }

  /// - Parameter input: the document as it was read.
  init(of injection: Injection, from input: [UInt8]) {
    self.init(of: input)
    if let output = Self.value(injection.output) { collect(output, .new) }
    for edit in injection.edits {
      for text in [edit.before, edit.after].compactMap({ $0 }) {
        guard let value = Self.json(text) else { continue }
        if edit.announcesSecret, let text = value.scalar { add(text, .new) }
        collect(value, .new)
      }
    }
    parts = sortedParts
  }

  /// A text with the secrets in it hidden.
  func masked(_ text: String) -> String {
    if let mark = marks[text] { return mark.rawValue }
    var bytes = Array(text.utf8)
    for secret in parts {
      bytes = bytes.replacing(secret.utf8, with: (marks[secret] ?? .known).rawValue.utf8)
    }
    return SecretPattern.masked(String(decoding: bytes, as: UTF8.self))
  }

  /// What is said about a place of the document; the word that it quotes can be a secret's.
  func masked(_ message: String, at offset: Int) -> String {
    guard places.contains(where: { $0.contains(offset) }) else { return masked(message) }
    let parts = message.split(separator: "'", omittingEmptySubsequences: false)
    return parts.enumerated()
      .map { $0.offset % 2 == 1 ? Mark.known.rawValue : masked(String($0.element)) }
      .joined(separator: "'")
  }

  /// The document as an excerpt shows it: byte for byte in its place.
  func starred(_ document: [UInt8]) -> [UInt8] { UnreadableText.starred(document, places) }

  /// A value with the secrets in it hidden; so are those in texts that are JSON themselves.
  func masked(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text):
      if let inner = Self.container(in: text), case let hidden = masked(inner), hidden != inner {
        return .string(hidden.compactText)
      }
      return .string(masked(text))
    case .array(let elements): return .array(elements.map { masked($0) })
    case .object(let members):
      return .object(members.map { JSONValue.Member($0.name, masked($0.value)) })
    case .number(let spelling): return marks[spelling].map { .string($0.rawValue) } ?? value
    case .null, .bool: return value
    }
  }

  /// A document as a diff shows it: in its own layout, with secrets hidden.
  func masked(document bytes: [UInt8]) -> [UInt8] {
    guard var document = Self.document(bytes) else { return bytes }
    hide(in: document.root, of: &document)
    return Array(masked(String(decoding: document.rendered(), as: UTF8.self)).utf8)
  }

  private var sortedParts: [String] {
    marks.keys.filter { $0.utf8.count >= Self.minimumPart }
      .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  private func hide(in node: NodeID, of document: inout Document) {
    let children = document.elements(of: node) + document.members(of: node).map(\.value)
    for child in children { hide(in: child, of: &document) }
    guard node != document.root, children.isEmpty else { return }
    let value = document.value(node)
    let hidden = masked(value)
    guard hidden != value else { return }
    document.replace(node, with: hidden, because: Edit.Reason(filter: "redaction", "a secret"))
  }

  /// - Parameter text: a secret; one that is known stays so.
  mutating func add(_ text: String, _ mark: Mark) {
    // An ARN and a dynamic reference name a secret; neither is one.
    let isReference = text.hasPrefix("arn:") || text.hasPrefix("{{resolve:")
    guard !Self.plainWords.contains(text), !isReference, marks[text] == nil else { return }
    marks[text] = mark
  }
}
