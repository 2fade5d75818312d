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
    let end = pending.withUnsafeBufferPointer { findEnd(in: $0) }
    if let end { return take(end) }
    // A stream without a document is one that can't be read.
    guard isEnd, number == 0 || (start < pending.count && hasBegun) else { return nil }
    return take(pending.count)
  }

  /// What is left as one document, whatever brackets are in it.
  ///
  /// - Returns: `nil` when everything was given out.
  public mutating func rest() -> Piece? {
    guard number == 0 || start < pending.count else { return nil }
    return take(pending.count)
  }

  /// - Returns: the offset of the first byte of the following document.
  private mutating func findEnd(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    while position < bytes.count {
      let byte = bytes[position]
      if isInString {
        skipString(byte)
      } else if byte <= 0x20 {
        // White space ends a document that is a bare word or number.
        if hasBegun, depth == 0 { isComplete = true }
      } else if isComplete, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        return position
      } else {
        step(byte)
      }
      position += 1
    }
    return nil
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

  private mutating func skipString(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
      if depth == 0 { isComplete = true }
    }
  }

  private mutating func take(_ end: Int) -> Piece {
    number += 1
    let piece = Piece(bytes: Array(pending[start..<end]), number: number, line: line)
    line += piece.bytes.count { $0 == UInt8(ascii: "\n") }
    start = end
    position = end
    depth = 0
    (isInString, isEscaped, isComplete, hasBegun) = (false, false, false, false)
    return piece
  }
}
