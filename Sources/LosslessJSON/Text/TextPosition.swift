/// The position of a byte as editors show it: line and column, both counted from 1. Columns count
/// Unicode scalars.
public struct TextPosition: Hashable, Sendable {
  public let line: Int
  public let column: Int
  /// The shown part of the line before the byte, and the shown part that begins with it.
  private let before: ArraySlice<UInt8>
  private let after: ArraySlice<UInt8>

  private static let width = 60
  private static let newline = UInt8(ascii: "\n")

  /// - Parameter offset: the offset in bytes. An offset beyond the end of the text means its end.
  public init(of offset: Int, in lines: TextLines) {
    let bytes = lines.bytes
    let offset = min(max(offset, 0), bytes.count)
    var start: Int
    (line, start) = lines.line(at: offset)
    // Editors neither show nor count a byte order mark.
    if start == 0 { start = min(ByteOrderMark.end(in: bytes), offset) }
    column = lines.scalars(before: offset) - lines.scalars(before: start) + 1
    // A whole document can be on one line, so only the part that is shown is decoded.
    let window = 4 * Self.width
    before = bytes[max(start, offset - window)..<offset].drop { $0 & 0xC0 == 0x80 }
    after = bytes[offset..<min(bytes.count, offset + window)].prefix { $0 != Self.newline }
  }

  /// For a single position. For several positions in one text, create ``TextLines`` once.
  public init(of offset: Int, in bytes: [UInt8]) {
    self.init(of: offset, in: TextLines(of: bytes))
  }

  /// Up to 60 scalars of the line on either side of the byte, and a line below it with a caret.
  public var excerpt: String {
    let left = Self.visible(before).suffix(Self.width)
    let right = Self.visible(after).prefix(Self.width)
    return String(String.UnicodeScalarView(left + right)) + "\n"
      + String(repeating: " ", count: left.count) + "^"
  }

  /// Text that does not move the cursor: tabs become spaces, and characters that control a terminal or the
  /// writing direction become dots.
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

/// An index of the lines of a text. A lookup takes constant time, regardless of the length of the text and
/// its lines.
public struct TextLines: Sendable {
  /// Counts of the text before a block.
  private struct Block {
    /// The number of line breaks.
    var lines = 0
    /// The offset of the line in which the block begins.
    var lineStart = 0
    var scalars = 0
  }

  /// The size in bytes. A lookup reads at most one block.
  private static let blockSize = 4096
  private static let newline = UInt8(ascii: "\n")

  let bytes: [UInt8]
  private let blocks: [Block]

  /// Reads the whole text once.
  public init(of bytes: [UInt8]) {
    self.bytes = bytes
    blocks = bytes.withUnsafeBufferPointer { Self.blocks(of: $0) }
  }

  private static func blocks(of bytes: UnsafeBufferPointer<UInt8>) -> [Block] {
    var block = Block()
    var blocks = [block]
    for number in 0..<bytes.count / blockSize {
      let start = number * blockSize
      let text = UnsafeBufferPointer(rebasing: bytes[start..<start + blockSize])
      let counts = Counts(of: text)
      block.lines += counts.lineEnds
      block.scalars += counts.scalars
      if let last = text.lastIndex(of: newline) { block.lineStart = start + last + 1 }
      blocks.append(block)
    }
    return blocks
  }

  /// - Parameter offset: the offset in bytes, at most the length of the text.
  /// - Returns: the number of the line, counted from 1, and its offset.
  func line(at offset: Int) -> (number: Int, start: Int) {
    let block = blocks[offset / Self.blockSize]
    return textBefore(offset) { text in
      let last = text.lastIndex(of: Self.newline)
      let start = last.map { offset - text.count + $0 + 1 } ?? block.lineStart
      return (block.lines + Counts(of: text).lineEnds + 1, start)
    }
  }

  /// - Parameter offset: the offset in bytes, at most the length of the text.
  /// - Returns: the number of Unicode scalars before the offset.
  func scalars(before offset: Int) -> Int {
    blocks[offset / Self.blockSize].scalars + textBefore(offset) { Counts(of: $0).scalars }
  }

  /// Calls `look` with the text from the beginning of the block to the offset.
  private func textBefore<Result>(
    _ offset: Int, _ look: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer {
      look(UnsafeBufferPointer(rebasing: $0[(offset - offset % Self.blockSize)..<offset]))
    }
  }
}

/// The line breaks and Unicode scalars of a piece of text.
struct Counts {
  private(set) var lineEnds = 0
  private(set) var scalars = 0

  init(of bytes: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position + 8 <= bytes.count {
      // Each byte of these words counts the marks at its position, up to 255.
      var (lineEnds, continuations): (UInt64, UInt64) = (0, 0)
      let end = min(position + 8 * 255, bytes.count - 7)
      scalars -= position
      while position < end {
        let next = EightBytes(bytes, at: position)
        lineEnds &+= next.newlines
        continuations &+= next.continuations
        position += 8
      }
      self.lineEnds += lineEnds.sumOfBytes
      scalars += position - continuations.sumOfBytes
    }
    for byte in bytes[position...] {
      if byte == UInt8(ascii: "\n") { lineEnds += 1 }
      if byte & 0xC0 != 0x80 { scalars += 1 }
    }
  }
}

extension EightBytes {
  private static let lows: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// A one in each byte that is a line break.
  fileprivate var newlines: UInt64 {
    let zeros = word ^ (Self.ones &* UInt64(UInt8(ascii: "\n")))
    return ~((zeros & Self.lows &+ Self.lows) | zeros | Self.lows) >> 7
  }

  /// A one in each byte that continues a UTF-8 sequence.
  fileprivate var continuations: UInt64 { word >> 7 & ~(word >> 6) & Self.ones }
}

extension UInt64 {
  fileprivate var sumOfBytes: Int {
    (0..<8).reduce(0) { $0 + Int(self >> (8 * $1) & 0xFF) }
  }
}

/// The byte order mark that some programs write before UTF-8. It is part of the file, but not of the document
/// in it.
package enum ByteOrderMark {
  package static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The offset of the document after the mark. Concatenated files may have several marks.
  package static func end(in text: [UInt8]) -> Int {
    var end = 0
    while text[end...].starts(with: bytes) { end += bytes.count }
    return end
  }

  package static func removed(from text: [UInt8]) -> [UInt8] {
    let end = end(in: text)
    return end == 0 ? text : Array(text[end...])
  }
}
