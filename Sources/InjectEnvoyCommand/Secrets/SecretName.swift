/// Which names announce that their value is a secret: of environment variables, docker labels, log
/// options, parameters.
///
/// What stands under `secrets`, `secretOptions` and `repositoryCredentials` is no secret: names and
/// ARNs by which ECS fetches them, and whoever may read them asks IAM, not us. They are shown.
enum SecretName {
  /// In the name without case and separators: `DB_PASSWORD`, `db-password` and `dbPassword` alike.
  private static let parts = [
    "password", "passwd", "passphrase", "secret", "token", "credential", "apikey", "accesskey",
    "accountkey", "authkey", "encryptionkey", "licensekey", "masterkey", "privatekey", "signingkey",
    "connectionstring",
  ]
  /// Too short to be looked for inside of other words.
  private static let words: Set<String> = ["pass", "pwd", "dsn", "auth", "authorization", "pat"]
  /// Last words of names that say where a secret is, or something else about it.
  private static let places: Set<String> = [
    "arn", "file", "path", "dir", "ttl", "expiry", "length", "enabled",
  ]

  static func announcesSecret(_ name: String) -> Bool {
    let words = words(of: name)
    if let last = words.last, places.contains(last) { return false }
    if words.contains(where: self.words.contains) { return true }
    let joined = Array(words.joined().utf8)
    return parts.contains { holds(joined, $0.utf8) }
  }

  /// By bytes: every name of a document is asked, and characters cost a hundred times as much.
  private static func holds(_ name: [UInt8], _ part: String.UTF8View) -> Bool {
    guard let first = part.first, name.count >= part.count else { return false }
    return (0...name.count - part.count).contains { start in
      name[start] == first && name[start...].starts(with: part)
    }
  }

  /// In lower case, split at separators and where a capital letter follows a small one.
  private static func words(of name: String) -> [String] {
    guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return wordsOfCharacters(name) }
    var words: [[UInt8]] = [[]]
    var isAfterSmall = false
    for byte in name.utf8 {
      let isCapital = (0x41...0x5A).contains(byte)
      let isSmall = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
      if !isCapital && !isSmall || (isAfterSmall && isCapital) { words.append([]) }
      if isCapital || isSmall { words[words.count - 1].append(isCapital ? byte | 0x20 : byte) }
      isAfterSmall = isSmall
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func wordsOfCharacters(_ name: String) -> [String] {
    var words = [""]
    var isAfterSmall = false
    for character in name {
      let isWord = character.isLetter || character.isNumber
      if !isWord || (isAfterSmall && character.isUppercase) { words.append("") }
      if isWord { words[words.count - 1] += character.lowercased() }
      isAfterSmall = character.isLowercase || character.isNumber
    }
    return words.filter { !$0.isEmpty }
  }
}
