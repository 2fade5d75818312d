/// Finds secrets by their form, independent of their name.
enum SecretPattern {
  /// Prefixes that issuers of secrets have published, and the minimum length of the rest.
  /// - SeeAlso: <https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns>
  /// - SeeAlso: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>
  private static let beginnings: [(text: String, minimum: Int)] = [
    ("AKIA", 16), ("ASIA", 16), ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30),
    ("github_pat_", 30), ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20), ("xapp-", 20),
    ("sk_live_", 16), ("rk_live_", 16), ("AIza", 35),
    // Every JSON Web Token begins with a base64 of `{"`: RFC 7519.
    ("eyJ", 40),
  ]
  private static let keyBeginning = "-----BEGIN "
  private static let authorityBeginning = "://"

  /// Whether a secret can begin with two bytes, indexed by them. A table, because every byte of every text in a
  /// document is looked up.
  private static let canBegin: [Bool] = {
    var canBegin = [Bool](repeating: false, count: 1 << 16)
    for text in beginnings.map(\.text) + [keyBeginning, authorityBeginning] {
      canBegin[text.utf8.prefix(2).reduce(0) { $0 << 8 | Int($1) }] = true
    }
    return canBegin
  }()

  /// A text with its secrets hidden.
  ///
  /// - Parameter hasOptions: whether the text is a value of a document, which can be a command.
  static func masked(_ text: String, hasOptions: Bool = false) -> String {
    var text = text
    let masked = text.withUTF8 { Self.masked($0, hasOptions) }
    return masked.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// A text with its secrets hidden. A large text without secrets is not copied.
  static func masked(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { masked($0, false) } ?? bytes
  }

  /// - Returns: `nil` if the text has no secrets.
  private static func masked(_ bytes: UnsafeBufferPointer<UInt8>, _ hasOptions: Bool) -> [UInt8]? {
    let secrets = allSecrets(in: bytes, hasOptions)
    if secrets.isEmpty { return nil }
    var masked: [UInt8] = []
    var rest = 0
    for secret in secrets {
      masked += bytes[rest..<secret.lowerBound]
      masked += "***".utf8
      rest = secret.upperBound
    }
    return masked + bytes[rest...]
  }

  /// - Parameter hasOptions: whether the text is a value of a document, which can be a command.
  static func hasSecrets(_ text: UnsafeBufferPointer<UInt8>, hasOptions: Bool) -> Bool {
    !secrets(in: text).isEmpty || !SecretContext.secrets(in: text, hasOptions: hasOptions).isEmpty
  }

  /// All secrets, including those that are recognized by the words before them.
  private static func allSecrets(
    in bytes: UnsafeBufferPointer<UInt8>, _ hasOptions: Bool
  ) -> [Range<Int>] {
    let ranges = secrets(in: bytes) + SecretContext.secrets(in: bytes, hasOptions: hasOptions)
    return ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, range in
      guard let last = joined.last, last.upperBound > range.lowerBound else {
        return joined.append(range)
      }
      joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
    }
  }

  /// The places of the secrets that are recognized by their own form, in order.
  static func secrets(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    canBegin.withUnsafeBufferPointer { canBegin in
      var found: [Range<Int>] = []
      var index = 0
      while index + 1 < bytes.count {
        let isCandidate = canBegin[Int(bytes[index]) << 8 | Int(bytes[index + 1])]
        if isCandidate, let range = secret(in: bytes, at: index), !range.isEmpty {
          found.append(range)
          index = range.upperBound
        } else {
          index += 1
        }
      }
      return found
    }
  }

  private static func secret(
    in bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Range<Int>? {
    switch bytes[index] {
    case UInt8(ascii: "-"): privateKey(bytes[index...])
    case UInt8(ascii: ":"): password(bytes[index...])
    default: index > 0 && isToken(bytes[index - 1]) ? nil : token(bytes[index...])
    }
  }

  /// One of ``beginnings`` that is followed by enough characters.
  private static func token(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Range<Int>? {
    guard let (beginning, minimum) = beginnings.first(where: { text.starts(with: $0.text.utf8) })
    else { return nil }
    let body = text.dropFirst(beginning.utf8.count).prefix(while: isToken)
    return body.count >= minimum ? text.startIndex..<body.endIndex : nil
  }

  /// A private key in PEM (RFC 7468), from its first line to its last, or to the end.
  private static func privateKey(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Range<Int>? {
    guard text.starts(with: keyBeginning.utf8),
      text.prefix(60).firstRange(of: "PRIVATE KEY-----".utf8) != nil
    else { return nil }
    let end = text.firstRange(of: "-----END ".utf8)?.lowerBound
    return text.startIndex..<(end ?? text.endIndex)
  }

  /// The password of a URL (RFC 3986, user information), which is between `:` and `@` after `://`.
  private static func password(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Range<Int>? {
    guard text.starts(with: authorityBeginning.utf8) else { return nil }
    let authority = text.dropFirst(authorityBeginning.utf8.count)
      .prefix { $0 > 0x20 && !#"/?#"'\"#.utf8.contains($0) }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
      let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return colon + 1..<at
  }

  /// Whether the byte is a letter, a digit, or another character that tokens contain.
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }
}
