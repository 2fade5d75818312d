import LosslessJSON
import LosslessYAML

/// Where secrets are found.
extension Redaction {
  mutating func collect(_ value: JSONValue, _ mark: Mark) {
    switch value {
    case .string(let text):
      for secret in SecretPattern.secrets(in: text) { add(String(secret), mark) }
      if let inner = Self.container(in: text) { collect(inner, mark) }
    case .array(let elements):
      for element in elements { collect(element, mark) }
    case .object(let members):
      collectPair(value, mark)
      for member in members {
        if SecretName.announcesSecret(member.name) {
          // A parameter of a template has its value one level below.
          let text = member.value.scalar ?? member.value["Default"]?.scalar
          if let text { add(text, mark) }
        }
        collect(member.value, mark)
      }
    case .null, .bool, .number: break
    }
  }

  /// `{"name": …, "value": …}`, as ECS has variables, properties and tags, and CloudFormation.
  private mutating func collectPair(_ pair: JSONValue, _ mark: Mark) {
    let names = ["name", "Name", "key", "Key"].compactMap { pair[$0]?.string }
    let values = ["value", "Value"].compactMap { pair[$0]?.scalar }
    guard names.contains(where: SecretName.announcesSecret) else { return }
    for text in values { add(text, mark) }
  }

  static func value(_ bytes: [UInt8]) -> JSONValue? {
    document(bytes).map { $0.value($0.root) }
  }

  static func document(_ bytes: [UInt8]) -> Document? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? Array(bytes[mark.count...]) : bytes
    // Nothing that begins with a brace or bracket was meant as YAML.
    let first = text.first { $0 > 0x20 }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    return isJSON ? try? Document(text) : try? Document(yaml: text)
  }

  static func json(_ text: String) -> JSONValue? {
    (try? Document(Array(text.utf8))).map { $0.value($0.root) }
  }

  /// A text that is a JSON object or array, as a ledger and a bootstrap are, or a string of JSON.
  static func container(in text: String) -> JSONValue? {
    guard let first = text.utf8.first, #"{[""#.utf8.contains(first) else { return nil }
    return json(text)
  }
}

extension JSONValue {
  /// A string, or a number as it is spelled.
  var scalar: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
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
