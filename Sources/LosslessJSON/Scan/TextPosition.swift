/// Where a byte stands for a person: line and column, both from 1; columns count Unicode scalars.
public struct TextPosition: Hashable, Sendable {
  public let line: Int
  public let column: Int
  /// What of the line can be shown before the byte, and from it on.
  private let before: ArraySlice<UInt8>
  private let after: ArraySlice<UInt8>

  private static let width = 60
  private static let newline = UInt8(ascii: "\n")

  /// - Parameter offset: in bytes from the start of `bytes`; beyond their end counts as the end.
  public init(of offset: Int, in bytes: [UInt8]) {
    let offset = min(max(offset, 0), bytes.count)
    let start =
      bytes[..<offset].lastIndex(of: Self.newline).map { $0 + 1 } ?? Self.mark(bytes, offset)
    line = bytes[..<start].count { $0 == Self.newline } + 1
    // All bytes but the continuations of UTF-8 begin a scalar.
    column = bytes[start..<offset].count { $0 & 0xC0 != 0x80 } + 1
    // A whole document can stand on one line: only what can be shown of it is decoded.
    let window = 4 * Self.width
    before = bytes[max(start, offset - window)..<offset].drop { $0 & 0xC0 == 0x80 }
    after = bytes[offset..<min(bytes.count, offset + window)].prefix { $0 != Self.newline }
  }

  /// The line's text up to 60 scalars either side of the byte, and a line below it with a caret.
  public var excerpt: String {
    let left = Self.visible(before).suffix(Self.width)
    let right = Self.visible(after).prefix(Self.width)
    return String(String.UnicodeScalarView(left + right)) + "\n"
      + String(repeating: " ", count: left.count) + "^"
  }

  /// Editors show no byte order mark, and count it in no column.
  ///
  /// - Returns: its bytes, if it stands before `offset`.
  private static func mark(_ bytes: [UInt8], _ offset: Int) -> Int {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return bytes.starts(with: mark) && offset >= mark.count ? mark.count : 0
  }

  /// Text that moves no cursor: tabs become spaces, what controls a terminal or the direction of
  /// writing becomes dots.
  private static func visible(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar] {
    String(decoding: bytes.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self).unicodeScalars.map {
      switch $0.properties.generalCategory {
      case .control: $0 == "\t" ? " " : "."
      case .format, .lineSeparator, .paragraphSeparator: "."
      default: $0
      }
    }
  }
}
