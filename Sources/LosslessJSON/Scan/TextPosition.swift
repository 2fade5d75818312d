/// Where a byte stands for a person: line and column, both from 1; columns count Unicode scalars.
public struct TextPosition: Hashable, Sendable {
  public let line: Int
  public let column: Int
  /// The line's text up to 60 scalars either side of the byte, and a line below it with a caret.
  public let excerpt: String

  /// - Parameter offset: in bytes from the start of `bytes`; at most their count.
  public init(of offset: Int, in bytes: [UInt8]) {
    let newline = UInt8(ascii: "\n")
    let start = (bytes[..<offset].lastIndex(of: newline) ?? -1) + 1
    let end = bytes[offset...].firstIndex(of: newline) ?? bytes.count
    let before = Self.visible(bytes[start..<offset])
    let after = Self.visible(bytes[offset..<end])
    line = bytes[..<offset].count { $0 == newline } + 1
    column = String(decoding: bytes[start..<offset], as: UTF8.self).unicodeScalars.count + 1
    let shown = String(String.UnicodeScalarView(before.suffix(60)))
    excerpt =
      shown + String(String.UnicodeScalarView(after.prefix(60))) + "\n"
      + String(repeating: " ", count: shown.unicodeScalars.count) + "^"
  }

  /// Text that moves no cursor: tabs become spaces, other control characters dots.
  private static func visible(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar] {
    String(decoding: bytes.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self).unicodeScalars.map {
      $0 == "\t" ? " " : ($0.properties.generalCategory == .control ? "." : $0)
    }
  }
}
