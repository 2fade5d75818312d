/// Where a byte stands for a person: line and column, both from 1; columns count Unicode scalars.
public struct TextPosition: Hashable, Sendable {
  public let line: Int
  public let column: Int
  /// What of the line can be shown before the byte, and from it on.
  private let before: ArraySlice<UInt8>
  private let after: ArraySlice<UInt8>

  private static let width = 60
  private static let newline = UInt8(ascii: "\n")

  /// - Parameter offset: in bytes from the start of the text; beyond its end counts as the end.
  public init(of offset: Int, in lines: TextLines) {
    let bytes = lines.bytes
    let offset = min(max(offset, 0), bytes.count)
    var start: Int
    (line, start) = lines.line(at: offset)
    // Editors show no byte order mark, and count it in no column.
    if start == 0 { start = min(ByteOrderMark.end(in: bytes), offset) }
    column = lines.scalars(before: offset) - lines.scalars(before: start) + 1
    // A whole document can stand on one line: only what can be shown of it is decoded.
    let window = 4 * Self.width
    before = bytes[max(start, offset - window)..<offset].drop { $0 & 0xC0 == 0x80 }
    after = bytes[offset..<min(bytes.count, offset + window)].prefix { $0 != Self.newline }
  }

  /// For a single place: who looks up many makes the ``TextLines`` once.
  public init(of offset: Int, in bytes: [UInt8]) {
    self.init(of: offset, in: TextLines(of: bytes))
  }

  /// The line's text up to 60 scalars either side of the byte, and a line below it with a caret.
  public var excerpt: String {
    let left = Self.visible(before).suffix(Self.width)
    let right = Self.visible(after).prefix(Self.width)
    return String(String.UnicodeScalarView(left + right)) + "\n"
      + String(repeating: " ", count: left.count) + "^"
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
