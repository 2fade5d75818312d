/// The place of a value in a document (RFC 6901).
public struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
  /// Member names and array indices, unescaped. Empty for the whole document.
  public var tokens: [String]

  public init(_ tokens: [String] = []) { self.tokens = tokens }

  /// - Parameter text: `""`, or tokens that each begin with `/`. `~1` is a slash and `~0` a tilde.
  /// - Returns: `nil` if the text is not a pointer.
  public init?(parsing text: String) {
    guard text.isEmpty || text.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    // Split by scalars, because a slash with a combining mark is one character.
    for part in text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
      .dropFirst()
    {
      guard let token = Self.unescape(Substring(part)) else { return nil }
      tokens.append(token)
    }
    self.init(tokens)
  }

  /// Tokens are compared byte by byte, like member names.
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
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64)
    for token in tokens {
      bytes.append(UInt8(ascii: "/"))
      token.withBytes { token in
        guard token.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
          bytes.append(contentsOf: token)
          return
        }
        for byte in token {
          switch byte {
          case UInt8(ascii: "~"): bytes += "~0".utf8
          case UInt8(ascii: "/"): bytes += "~1".utf8
          default: bytes.append(byte)
          }
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
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
