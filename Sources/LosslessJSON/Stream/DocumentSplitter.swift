/// Splits a stream into JSON documents, which may be newline-delimited, concatenated or pretty-printed.
/// The stream arrives in chunks.
///
/// It only counts brackets outside of strings, because each piece is scanned strictly later. The pieces
/// together are the stream, byte for byte.
///
/// In newline-delimited streams a line without all its brackets or quotes takes no later line with it.
/// A line that begins with `{` starts the next document if no JSON text could go on like that: inside
/// of a string, or in an array or object without a comma, a colon or an opening bracket before it.
public struct DocumentSplitter: Sendable {
  /// The way in which the documents of a stream are separated.
  public enum Framing: Sendable {
    /// Their brackets.
    case brackets
    /// Line ends: every line is one piece, even an empty one.
    case lines
  }

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
  private let framing: Framing
  /// Whether the scan stops at each line end to look for a broken document. Documents behind one of
  /// several lines are scanned without that, because it takes time.
  private var readsLines = true
  /// Offset of the byte after the line that is read; `nil` before it is known.
  private var lineEnd: Int?
  /// The line ends of the current piece that were read.
  private var lineCount = 0
  /// The line ends of the current document that were read.
  private var innerLineCount = 0
  /// Offset of the first line of the document, other than its own first, that begins with a brace.
  private var restart: Int?
  /// The lines of a broken document that may be read a second time. The limit keeps the time linear.
  private static let restartLines = 8
  /// Whether a line end was read, and nothing behind it.
  private var isAtLineStart = false
  /// Whether a string of the document contains a line end, so that its brackets cannot be counted.
  private var isBroken = false

  public init(framing: Framing = .brackets) { self.framing = framing }

  /// The number of bytes of the current document.
  public var pendingCount: Int { pending.count - start }

  /// Appends the next chunk of the stream.
  public mutating func append(_ bytes: [UInt8]) {
    pending.removeFirst(start)
    position -= start
    restart? -= start
    lineEnd = nil
    start = 0
    pending += bytes
  }

  /// - Parameter isEnd: whether the stream has ended.
  /// - Returns: the next document, or `nil` if it needs more bytes or there is none.
  public mutating func next(isEnd: Bool) -> Piece? {
    let end = pending.withUnsafeBufferPointer { bytes in
      readsLines ? findByLines(in: bytes) : findDocument(in: bytes)
    }
    if let end { return take(end) }
    guard isEnd else { return nil }
    if framing == .lines { return takeRest() }
    if let restart, !isComplete, innerLineCount <= Self.restartLines { return take(restart) }
    // A stream without a document is one piece, which the scanner rejects.
    guard number == 0 || (start < pending.count && hasBegun) else { return nil }
    return take(pending.count)
  }

  /// - Returns: all remaining bytes, unsplit, or `nil` if there are none.
  public mutating func takeRest() -> Piece? {
    start < pending.count ? take(pending.count) : nil
  }

  /// Reads line by line.
  ///
  /// - Returns: the offset of the first byte of the following document.
  private mutating func findByLines(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    while position < bytes.count {
      if isAtLineStart {
        isAtLineStart = false
        // Text after a document of one line is a document of its own, which the scanner rejects.
        if isComplete, innerLineCount == 0, bytes[position] > 0x20 { return position }
        if let broken = findRestart(in: bytes) { return broken }
      }
      let end = lineEnd ?? bytes.firstLineEnd(from: position)
      lineEnd = end
      if framing == .lines || isBroken {
        position = end
      } else if let next = findDocument(in: UnsafeBufferPointer(rebasing: bytes[..<end])) {
        return next
      }
      guard bytes[end - 1] == UInt8(ascii: "\n") else { return nil }
      endLine()
      if framing == .lines { return end }
    }
    return nil
  }

  private mutating func endLine() {
    lineEnd = nil
    lineCount += 1
    isAtLineStart = true
    guard hasBegun, !isComplete else { return }
    innerLineCount += 1
    isBroken = isBroken || isInString
  }

  /// Whether the document cannot go on with the line at the current position.
  ///
  /// - Returns: the first line where another document can begin.
  private mutating func findRestart(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard hasBegun, !isComplete, bytes[position] == UInt8(ascii: "{") else { return nil }
    let isNear = innerLineCount <= Self.restartLines
    restart = isNear ? restart ?? position : position
    let before = bytes[..<position].last { $0 > 0x20 }
    let mayGoOn = before.map { "[,:".utf8.contains($0) } ?? true
    return isBroken || !mayGoOn ? restart : nil
  }

  /// - Returns: the offset of the first byte of the following document.
  private mutating func findDocument(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
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
    let isCut = restart == end
    let piece = Piece(bytes: cut(end), number: number, line: line)
    let count =
      readsLines && !isCut
      ? lineCount : piece.bytes.withUnsafeBufferPointer { Counts(of: $0).lineEnds }
    line += count
    readsLines = framing == .lines || isCut || (readsLines ? innerLineCount == 0 : count < 2)
    // A scan without lines goes past it.
    if isCut || !readsLines { lineEnd = nil }
    depth = 0
    (isInString, isEscaped, isComplete, hasBegun) = (false, false, false, false)
    (lineCount, innerLineCount, restart) = (0, 0, nil)
    (isBroken, isAtLineStart) = (false, false)
    return piece
  }

  /// Removes the bytes up to `end`. If these are all bytes, as for a large file with one document, it does not
  /// copy them.
  private mutating func cut(_ end: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    if start == 0, end == pending.count {
      swap(&bytes, &pending)
      position = 0
      lineEnd = nil
    } else {
      bytes = Array(pending[start..<end])
      start = end
      position = end
    }
    return bytes
  }
}
