/// Splits a stream into JSON documents, which may be newline-delimited, concatenated or pretty-printed.
/// The stream arrives in chunks.
///
/// It only counts brackets outside of strings, because each piece is scanned strictly later. The pieces
/// together are the stream, byte for byte.
public struct DocumentSplitter: Sendable {
  /// One document with the whitespace after it. The first one also has the whitespace before it.
  public struct Piece: Sendable {
    public let bytes: [UInt8]
    /// The number of the document, counted from 1.
    public let number: Int
    /// The line of the piece's first byte in the stream, counted from 1.
    public let line: Int
  }

  private var pending: [UInt8] = []
  /// Offset of the current document in ``pending``.
  private var start = 0
  /// The offset of the first unread byte of ``pending``.
  private var position = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Whether the document is complete, so that only whitespace may follow until the next one.
  private var isComplete = false
  private var hasBegun = false
  private var number = 0
  private var line = 1

  public init() {}

  /// The number of bytes of the current document.
  public var pendingCount: Int { pending.count - start }

  /// Appends the next chunk of the stream.
  public mutating func append(_ bytes: [UInt8]) {
    pending.removeFirst(start)
    position -= start
    start = 0
    pending += bytes
  }

  /// - Parameter isEnd: whether the stream has ended.
  /// - Returns: the next document, or `nil` if it needs more bytes or there is none.
  public mutating func next(isEnd: Bool) -> Piece? {
    if let end = pending.withUnsafeBufferPointer({ findEnd(in: $0) }) { return take(end) }
    // A stream without a document is one piece, which the scanner rejects.
    guard isEnd, number == 0 || (start < pending.count && hasBegun) else { return nil }
    return take(pending.count)
  }

  /// - Returns: all remaining bytes, unsplit, or `nil` if there are none.
  public mutating func takeRest() -> Piece? {
    start < pending.count ? take(pending.count) : nil
  }

  /// - Returns: the offset of the first byte after the document.
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
        // Whitespace ends a document that is a literal or a number.
        if hasBegun, depth == 0 { isComplete = true }
      } else if !hasBegun, ByteOrderMark.bytes.contains(byte) {
        // A byte order mark on its own line belongs to the document below it.
      } else if isComplete, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        return position
      } else {
        step(byte)
      }
      position += 1
    }
    return nil
  }

  /// Skips bytes inside brackets that only change the depth. Stops at the last closing bracket, at a string
  /// with escapes, or at a string that has not arrived completely.
  private mutating func skipInside(_ bytes: UnsafeBufferPointer<UInt8>) {
    // Most bytes of a stream are read here, so the state is in local variables.
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
      // The scanner reports an extra closing bracket.
      isComplete = depth <= 0
    default: break
    }
  }

  /// Skips to the end of the string, or to the end of what has arrived.
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

  /// Removes the bytes up to `end`. If these are all bytes, as for a large file with one document, it does not
  /// copy them.
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
