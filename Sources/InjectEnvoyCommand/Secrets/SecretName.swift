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
    if !self.words.isDisjoint(with: words) { return true }
    let joined = words.joined()
    return parts.contains { joined.contains($0) }
  }

  /// In lower case, split at separators and where a capital letter follows a small one.
  private static func words(of name: String) -> [String] {
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
