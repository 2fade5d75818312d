/// Decides whether the value of an environment variable, docker label, log option or parameter is a secret,
/// based on its name.
///
/// The values under `secrets`, `secretOptions` and `repositoryCredentials` are not secrets but names and
/// ARNs. IAM decides who can read the secrets behind them. They are shown.
enum SecretName {
  /// Words that count anywhere in the name. Case and separators are ignored: `DB_PASSWORD`, `db-password` and
  /// `dbPassword` are equal.
  private static let parts = [
    "password", "passwd", "passphrase", "secret", "token", "credential", "apikey", "accesskey",
    "accountkey", "authkey", "encryptionkey", "licensekey", "masterkey", "privatekey", "signingkey",
    "connectionstring",
  ]
  /// Words that are too short to count inside other words.
  private static let words: Set<String> = [
    "pass", "pwd", "dsn", "auth", "authorization", "pat", "jwt", "cookie", "session", "otp", "pin",
    "cert", "license", "salt", "webhook", shortWord,
  ]
  private static let shortWord = "pw"
  /// A last word that marks a secret if another word precedes it, as in `STRIPE_KEY`.
  private static let key = "key"
  /// Words before ``key`` in the names of data that are not secret.
  private static let plainKeys: Set<String> = [
    "partition", "sort", "primary", "foreign", "public", "hash", "range", "cache", "routing",
    "object", "runtime", "metadata", "header", "descriptor",
  ]
  /// Last words of names that contain the place of a secret, or other facts about it.
  private static let places: Set<String> = [
    "arn", "file", "path", "dir", "ttl", "expiry", "length", "enabled", "timeout", "seconds",
    "minutes", "domain", "algorithm",
  ]
  /// The rest of each of ``parts`` and ``words`` after its first three letters, keyed by those letters with
  /// five bits each.
  private static let rests = Dictionary(
    grouping: (parts + words + [key]).map { Array($0.utf8) },
    by: { $0.prefix(3).reduce(0) { $0 << 5 | Int($1 & 0x1F) } }
  ).mapValues { $0.map { $0.dropFirst(3) } }
  /// Whether there are ``rests`` for three letters.
  private static let isBeginning: [Bool] = {
    var isBeginning = [Bool](repeating: false, count: 1 << 15)
    for letters in rests.keys { isBeginning[letters] = true }
    return isBeginning
  }()

  static func announcesSecret(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { announcesSecret($0) }
  }

  /// Called for all names of a document. A quick test rules out nearly all of them.
  static func announcesSecret(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    mayAnnounce(name) && hasSecretWord(String(decoding: name, as: UTF8.self))
  }

  private static func hasSecretWord(_ name: String) -> Bool {
    let words = words(of: name)
    if let last = words.last, places.contains(last) { return false }
    if words.contains(where: self.words.contains) { return true }
    if words.last == key, let before = words.dropLast().last, !plainKeys.contains(before) {
      return true
    }
    let joined = Array(words.joined().utf8)
    return joined.indices.contains { start in
      parts.contains { $0.utf8.first == joined[start] && joined[start...].starts(with: $0.utf8) }
    }
  }

  /// Whether the name may contain one of the words, or has non-ASCII letters.
  private static func mayAnnounce(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    isBeginning.withUnsafeBufferPointer { isBeginning in
      var letters = 0
      for (index, byte) in name.enumerated() {
        switch byte {
        case 0x41...0x5A, 0x61...0x7A:
          letters = (letters << 5 | Int(byte & 0x1F)) & 0x7FFF
          // The only word of two letters: `p` and `w`.
          if letters & 0x3FF == 0x10 << 5 | 0x17 { return true }
          if isBeginning[letters], continues(name[(index + 1)...], behind: letters) { return true }
        case 0x30...0x39: letters = 0
        case 0x80...: return true
        // Separators do not interrupt a word.
        default: break
        }
      }
      return false
    }
  }

  private static func continues(
    _ name: Slice<UnsafeBufferPointer<UInt8>>, behind letters: Int
  ) -> Bool {
    let text = name.lazy.filter { $0 >= 0x30 && $0 != UInt8(ascii: "_") }.map { $0 | 0x20 }
    return rests[letters]?.contains { text.starts(with: $0) } == true
  }

  /// The words of the name in lower case, split at separators and before a capital letter that follows a small
  /// one.
  private static func words(of name: String) -> [String] {
    var words = [""]
    var isAfterSmall = false
    for scalar in name.unicodeScalars {
      let (isWord, isCapital) = kind(of: scalar)
      if !isWord || (isAfterSmall && isCapital) { words.append("") }
      if isWord {
        words[words.count - 1] +=
          scalar.isASCII
          ? String(Unicode.Scalar(UInt8(scalar.value) | 0x20)) : scalar.properties.lowercaseMapping
      }
      isAfterSmall = isWord && !isCapital
    }
    return words.filter { !$0.isEmpty }
  }

  /// Whether a character is part of a word, and whether it is a capital letter. Looking up the properties of
  /// an ASCII character takes a hundred times as long.
  private static func kind(of scalar: Unicode.Scalar) -> (isWord: Bool, isCapital: Bool) {
    switch scalar {
    case "A"..."Z": (true, true)
    case "a"..."z", "0"..."9": (true, false)
    case _ where scalar.isASCII: (false, false)
    default:
      (
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil,
        scalar.properties.isUppercase
      )
    }
  }
}
