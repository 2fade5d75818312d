public import LosslessJSON

/// Parts of texts that stand for values that only a deployment knows, such as the region in an ARN.
/// The parts around them can be used. A text that still holds one is unresolved.
public enum Placeholder {
  // Characters for private use, which templates do not contain.
  private static let start: Unicode.Scalar = "\u{F0000}"
  private static let end: Unicode.Scalar = "\u{F0001}"

  /// - Parameter name: the name of the value, which contains neither `:` nor `/`.
  public static func text(_ name: String) -> String { "\(start)\(name)\(end)" }

  /// The name of the first placeholder in a text.
  public static func name(in text: String) -> String? {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(of: start) else { return nil }
    let rest = scalars[scalars.index(after: first)...]
    return String(rest.prefix { $0 != end })
  }

  /// The parts of a text between separators, with placeholders in one piece.
  public static func split(_ text: String, by separator: Character) -> [String] {
    var parts = [""]
    var isInside = false
    for character in text {
      let scalars = character.unicodeScalars
      if scalars.contains(start) { isInside = true }
      if scalars.contains(end) { isInside = false }
      if character == separator, !isInside {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts
  }

  /// Throws if a text contains a placeholder.
  public static func refuse(in text: String) throws(Problem) {
    if let name = name(in: text) { throw UnresolvedValue.unknown(name) }
  }
}
