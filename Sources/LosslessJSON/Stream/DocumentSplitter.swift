/// Finds where one JSON document ends and the next begins, in a stream that comes in pieces:
/// newline-delimited, concatenated, or pretty-printed one after another.
///
/// It only counts brackets outside of strings: each piece is scanned strictly later. What it gives
/// out, put together again, is the stream, byte for byte.
public struct DocumentSplitter: Sendable {
  /// One document with the white space behind it (and before it, if it is the first).
  public struct Piece: Sendable {
    public let bytes: [UInt8]
    /// From 1.
    public let number: Int
    /// Of the piece's first byte in the stream, from 1.
    public let line: Int
  }

  private var pending: [UInt8] = []
  /// Where in ``pending`` the current document begins: what is before was given out.
  private var start = 0
  /// How far ``pending`` was looked at.
  private var position = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// The document has ended, and what follows it up to the next one is white space.
  private var isComplete = false
  private var hasBegun = false
  private var number = 0
  private var line = 1

  public init() {}

  /// Bytes of the document that has not ended yet.
  public var pendingCount: Int { pending.count - start }

  /// Takes the next bytes of the stream.
  public mutating func append(_ bytes: [UInt8]) {
    pending.removeFirst(start)
    position -= start
    start = 0
    pending += bytes
  }

  /// - Parameter isEnd: no more bytes will come.
  /// - Returns: the next document; `nil`: more bytes are needed, or there is none.
  public mutating func next(isEnd: Bool) -> Piece? {
    if let end = pending.withUnsafeBufferPointer({ findEnd(in: $0) }) { return take(end) }
    // A stream without a document is one that can't be read.
    guard isEnd, number == 0 || (start < pending.count && hasBegun) else { return nil }
    return take(pending.count)
  }

  /// - Returns: all that was appended and not given out, unsplit; `nil`: there is none.
  public mutating func takeRest() -> Piece? {
    start < pending.count ? take(pending.count) : nil
  }

  /// - Returns: the offset of the first byte of the following document.
  private mutating func findEnd(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    while position < bytes.count {
      if isInString {
        skipString(bytes)
        continue
      }
      if depth > 0 {
        skipInside(bytes)
        guard position < bytes.count else { break }
      }
      let byte = bytes[position]
      if byte <= 0x20 {
        // White space ends a document that is a bare word or number.
        if hasBegun, depth == 0 { isComplete = true }
      } else if !hasBegun, ByteOrderMark.bytes.contains(byte) {
        // A mark on a line of its own belongs to the document below it.
      } else if isComplete, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        return position
      } else {
        step(byte)
      }
      position += 1
    }
    return nil
  }

  /// Skips what changes nothing but the depth, inside brackets: up to the last closing one, to a
  /// string with escapes, or to one that has not come as a whole.
  private mutating func skipInside(_ bytes: UnsafeBufferPointer<UInt8>) {
    // Most bytes of a stream pass here: the state is kept in registers.
    var (position, depth) = (position, depth)
    defer { (self.position, self.depth) = (position, depth) }
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let end = bytes.firstQuoteOrBackslash(from: position &+ 1)
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return }
        position = end
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth = depth &+ 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 1 { return }
        depth = depth &- 1
      default: break
      }
      position = position &+ 1
    }
  }

  private mutating func step(_ byte: UInt8) {
    hasBegun = true
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      // A bracket too many: the strict scan will say so.
      isComplete = depth <= 0
    default: break
    }
  }

  /// Skips to the end of the string, or of what has come of it.
  private mutating func skipString(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isEscaped {
      isEscaped = false
      position += 1
    }
    position = bytes.firstQuoteOrBackslash(from: position)
    guard position < bytes.count else { return }
    if bytes[position] == UInt8(ascii: "\\") {
      isEscaped = true
    } else {
      isInString = false
      if depth == 0 { isComplete = true }
    }
    position += 1
  }

  private mutating func take(_ end: Int) -> Piece {
    number += 1
    let piece = Piece(bytes: cut(end), number: number, line: line)
    line += piece.bytes.withUnsafeBufferPointer { Counts(of: $0).lineEnds }
    depth = 0
    (isInString, isEscaped, isComplete, hasBegun) = (false, false, false, false)
    return piece
  }

  /// Gives out what is up to `end`: all of it, as in a large file of one document, without a copy.
  private mutating func cut(_ end: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    if start == 0, end == pending.count {
      swap(&bytes, &pending)
      position = 0
    } else {
      bytes = Array(pending[start..<end])
      start = end
      position = end
    }
    return bytes
  }
}
