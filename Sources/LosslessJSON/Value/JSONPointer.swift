/// Where a value stands in a document (RFC 6901).
public struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
  /// Member names and array indices, unescaped; empty for the whole document.
  public var tokens: [String]

  public init(_ tokens: [String] = []) { self.tokens = tokens }

  /// - Parameter text: `""`, or tokens that each begin with `/`; `~1` is a slash, `~0` a tilde.
  /// - Returns: `nil` when the text is no pointer.
  public init?(parsing text: String) {
    guard text.isEmpty || text.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    // By scalars: a combining mark behind a slash would make one character of both.
    for part in text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
      .dropFirst()
    {
      guard let token = Self.unescape(Substring(part)) else { return nil }
      tokens.append(token)
    }
    self.init(tokens)
  }

  /// Tokens are compared byte by byte, like the names that they stand for.
  public static func == (left: JSONPointer, right: JSONPointer) -> Bool {
    left.tokens.elementsEqual(right.tokens) { $0.isSpelled(like: $1) }
  }

  public static func / (pointer: JSONPointer, token: String) -> JSONPointer {
    JSONPointer(pointer.tokens + [token])
  }

  public static func / (pointer: JSONPointer, index: Int) -> JSONPointer {
    pointer / String(index)
  }

  public var description: String {
    var text = ""
    for token in tokens {
      text += "/"
      guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") })
      else {
        text += token
        continue
      }
      for character in token.unicodeScalars {
        switch character {
        case "~": text += "~0"
        case "/": text += "~1"
        default: text.unicodeScalars.append(character)
        }
      }
    }
    return text
  }

  private static func unescape(_ part: Substring) -> String? {
    guard part.utf8.contains(UInt8(ascii: "~")) else { return String(part) }
    var text = ""
    var scalars = part.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "~" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      switch scalars.next() {
      case "0": text += "~"
      case "1": text += "/"
      default: return nil
      }
    }
    return text
  }
}
