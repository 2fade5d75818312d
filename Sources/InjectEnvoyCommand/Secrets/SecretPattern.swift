/// Secrets that show by their own form, whatever they are called.
enum SecretPattern {
  /// Beginnings that their issuers have published, and how much must follow to count.
  /// - SeeAlso: <https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns>
  /// - SeeAlso: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>
  private static let beginnings: [(text: String, minimum: Int)] = [
    ("AKIA", 16), ("ASIA", 16), ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30),
    ("github_pat_", 30), ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20), ("xapp-", 20),
    ("sk_live_", 16), ("rk_live_", 16), ("AIza", 35),
    // Every JSON Web Token begins with a base64 of `{"`: RFC 7519.
    ("eyJ", 40),
  ]

  /// By byte: whether one of ``beginnings`` starts with it. Every byte of every line that is told
  /// is asked.
  private static let canBegin: [Bool] = (0...UInt8.max).map { byte in
    beginnings.contains { $0.text.utf8.first == byte }
  }

  /// A text with its secrets hidden.
  static func masked(_ text: String) -> String {
    var masked = ""
    var rest = text.startIndex
    for secret in secrets(in: text) {
      masked += text[rest..<secret.startIndex] + "***"
      rest = secret.endIndex
    }
    return masked + text[rest...]
  }

  /// The secrets in a text, in order.
  static func secrets(in text: String) -> [Substring] {
    let bytes = text.utf8
    var found: [Substring] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if let range = secret(in: text, at: index) {
        if !range.isEmpty { found.append(text[range]) }
        index = range.isEmpty ? bytes.index(after: index) : range.upperBound
      } else {
        index = bytes.index(after: index)
      }
    }
    return found
  }

  private static func secret(in text: String, at index: String.Index) -> Range<String.Index>? {
    switch text.utf8[index] {
    case UInt8(ascii: "-"): return privateKey(text, at: index)
    case UInt8(ascii: ":"): return password(text, at: index)
    case let first where canBegin[Int(first)]: return token(text, at: index)
    default: return nil
    }
  }

  /// One of ``beginnings`` with enough behind it.
  private static func token(_ text: String, at index: String.Index) -> Range<String.Index>? {
    let rest = text.utf8[index...]
    for (beginning, minimum) in beginnings where rest.starts(with: beginning.utf8) {
      if index > text.startIndex, isToken(text.utf8[text.utf8.index(before: index)]) { return nil }
      let body = rest.dropFirst(beginning.utf8.count)
      let end = body.firstIndex { !isToken($0) } ?? body.endIndex
      return body[..<end].count >= minimum ? index..<end : nil
    }
    return nil
  }

  /// A private key in PEM (RFC 7468), from its first line to its last, or to the end.
  private static func privateKey(_ text: String, at index: String.Index) -> Range<String.Index>? {
    let rest = text[index...]
    guard rest.utf8.starts(with: "-----BEGIN ".utf8),
      rest.prefix(60).utf8.firstRange(of: "PRIVATE KEY-----".utf8) != nil
    else { return nil }
    return index..<(rest.utf8.firstRange(of: "-----END ".utf8)?.lowerBound ?? rest.endIndex)
  }

  /// The password of a URL (RFC 3986, user information): what is between `:` and `@` behind `://`.
  private static func password(_ text: String, at index: String.Index) -> Range<String.Index>? {
    let rest = text.utf8[index...]
    guard rest.starts(with: "://".utf8) else { return nil }
    let authority = rest.dropFirst(3).prefix { $0 > 0x20 && !#"/?#"'\"#.utf8.contains($0) }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
      let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return text.utf8.index(after: colon)..<at
  }

  /// Letters, digits and the marks that tokens have inside.
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }
}
