/// The lines of a text, for whoever looks up many places in it: each costs the same, however long
/// the text and its lines are.
public struct TextLines: Sendable {
  /// What stands before a block of the text.
  private struct Block {
    /// Lines that end there.
    var lines = 0
    /// Where the line begins in which the block begins.
    var lineStart = 0
    var scalars = 0
  }

  /// In bytes: at most so many are looked at for a place.
  private static let blockSize = 4096
  private static let newline = UInt8(ascii: "\n")

  let bytes: [UInt8]
  private let blocks: [Block]

  /// Looks at the whole text once.
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

  /// - Parameter offset: in bytes, at most their number.
  /// - Returns: the number of the line, from 1, and the offset at which it begins.
  func line(at offset: Int) -> (number: Int, start: Int) {
    let block = blocks[offset / Self.blockSize]
    return textBefore(offset) { text in
      let last = text.lastIndex(of: Self.newline)
      let start = last.map { offset - text.count + $0 + 1 } ?? block.lineStart
      return (block.lines + Counts(of: text).lineEnds + 1, start)
    }
  }

  /// - Parameter offset: in bytes, at most their number.
  /// - Returns: how many Unicode scalars begin before it.
  func scalars(before offset: Int) -> Int {
    blocks[offset / Self.blockSize].scalars + textBefore(offset) { Counts(of: $0).scalars }
  }

  /// The text from the beginning of the block.
  private func textBefore<Result>(
    _ offset: Int, _ look: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer {
      look(UnsafeBufferPointer(rebasing: $0[(offset - offset % Self.blockSize)..<offset]))
    }
  }
}

/// What there is in a piece of text.
struct Counts {
  private(set) var lineEnds = 0
  private(set) var scalars = 0

  init(of bytes: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position + 8 <= bytes.count {
      // A byte of each word counts those at its place.
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

  /// A one in each byte that is a line end, and in no other.
  fileprivate var newlines: UInt64 {
    let zeros = word ^ (Self.ones &* UInt64(UInt8(ascii: "\n")))
    return ~((zeros & Self.lows &+ Self.lows) | zeros | Self.lows) >> 7
  }

  /// A one in each byte that continues a scalar of UTF-8. All others begin one.
  fileprivate var continuations: UInt64 { word >> 7 & ~(word >> 6) & Self.ones }
}

extension UInt64 {
  fileprivate var sumOfBytes: Int {
    (0..<8).reduce(0) { $0 + Int(self >> (8 * $1) & 0xFF) }
  }
}
