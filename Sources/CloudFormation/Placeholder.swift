/// Parts of texts that stand for what is known to nobody yet, such as the region in a resource's
/// ARN. They let the parts around them be used; a text that still holds one is not known.
public enum Placeholder {
  // Characters for private use: no template has them.
  private static let start: Unicode.Scalar = "\u{F0000}"
  private static let end: Unicode.Scalar = "\u{F0001}"

  /// - Parameter name: what the part stands for; its value holds neither `:` nor `/`.
  public static func text(_ name: String) -> String { "\(start)\(name)\(end)" }

  /// What the first placeholder in a text stands for.
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

  /// Throws when a text is not wholly known.
  public static func refuse(in text: String) throws(Unresolved) {
    if let name = name(in: text) { throw .placeholder(name) }
  }
}
