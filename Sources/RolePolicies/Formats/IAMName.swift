import TaskDefinitions

/// Names for new roles and policies.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
package enum IAMName {
  /// `text` with a hyphen for every character that IAM does not accept. A text longer than `limit` is cut
  /// and ends with a digest, so that two long names stay different.
  package static func fitting(_ text: String, _ limit: Int) -> String {
    let name = String(text.map { isTaken($0) ? $0 : "-" })
    guard name.count > limit || name != text else { return name }
    let digits = String(digest(of: text), radix: 16)
    return name.prefix(limit - digits.count - 1) + "-" + digits
  }

  private static func isTaken(_ character: Character) -> Bool {
    character.isASCII
      && (character.isLetter || character.isWholeNumber || "+=,.@_-".contains(character))
  }

  /// The 32-bit FNV-1a hash. Unlike `Hasher`, it is the same in every process.
  private static func digest(of text: String) -> UInt32 {
    text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}
