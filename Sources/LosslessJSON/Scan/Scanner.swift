/// One strict pass over the bytes (RFC 8259) that records where every value is.
///
/// It checks everything before any filter runs, so that no later step meets bytes that another
/// reader of the same document would understand differently.
struct Scanner {
  /// Deeper documents are refused: nothing real comes near, and readers differ in their limits.
  static let maximumDepth = 128
  /// Half of what ``Node`` can count: the rest is for the text that edits bring.
  static let maximumCount = 1 << 31

  let bytes: UnsafeBufferPointer<UInt8>
  var position: Int
  var depth = 0
  var nodes = NodeBuffer()
  /// Of the large objects among what is read.
  var nameTables: [UInt32: NameTable] = [:]
  /// Flags that every recorded node gets.
  let flags: Node.Flags

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, flags: Node.Flags) {
    self.bytes = bytes
    self.position = start
    self.flags = flags
  }

  /// Scans one document: a value with nothing but white space around it.
  mutating func scanDocument() throws(SyntaxError) {
    do throws(SyntaxError) {
      try scanOnlyValue()
    } catch {
      if isBehindPrompt(error) { throw SyntaxError(.prompt, at: 0) }
      throw isOtherLanguage(error) ? SyntaxError(.otherLanguage, at: error.offset) : error
    }
  }

  private mutating func scanOnlyValue() throws(SyntaxError) {
    guard bytes.count <= Self.maximumCount else { throw SyntaxError(.tooLarge, at: 0) }
    skipWhiteSpace()
    guard position < bytes.count else { throw SyntaxError(.empty, at: 0) }
    if isUTF16 { throw SyntaxError(.utf16, at: 0) }
    try scanValue(parent: 0)
    skipWhiteSpace()
    guard position == bytes.count else {
      throw SyntaxError(isComment ? .comment : .trailingBytes, at: position)
    }
  }

  /// Of another language.
  var isComment: Bool { current == UInt8(ascii: "/") || current == UInt8(ascii: "#") }

  /// Byte order marks, or the zero byte that is half of every character of JSON's grammar.
  private var isUTF16: Bool {
    guard bytes.count > 1, bytes[0] < 0xFE else { return bytes.count > 1 }
    return bytes.count.isMultiple(of: 2) && (bytes[0] == 0 || bytes[1] == 0)
  }

  @inline(__always)
  mutating func scanValue(parent: UInt32) throws(SyntaxError) {
    // Most values are strings.
    if current == UInt8(ascii: "\"") {
      try scanString(parent: parent)
    } else {
      try scanOtherValue(parent: parent)
    }
  }

  @inline(never)
  private mutating func scanOtherValue(parent: UInt32) throws(SyntaxError) {
    switch current {
    case UInt8(ascii: "{"): try scanObject(parent: parent)
    case UInt8(ascii: "["): try scanArray(parent: parent)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber(parent: parent)
    case UInt8(ascii: "t"): try scanWord("true", .bool, parent: parent)
    case UInt8(ascii: "f"): try scanWord("false", .bool, parent: parent)
    case UInt8(ascii: "n"): try scanWord("null", .null, parent: parent)
    default: throw unexpectedValue()
    }
  }

  private mutating func scanObject(parent: UInt32) throws(SyntaxError) {
    let object = try open(.object, parent: parent)
    if current == UInt8(ascii: "}") { return close(object) }
    var names = Names()
    while true {
      guard current == UInt8(ascii: "\"") else { throw unexpectedName() }
      try scanName(in: object, &names)
      skipWhiteSpace()
      guard current == UInt8(ascii: ":") else { throw unexpected("':' after a member name") }
      advance()
      try scanValue(parent: object)
      skipWhiteSpace()
      if current == UInt8(ascii: "}") { break }
      guard current == UInt8(ascii: ",") else { throw unexpected("',' or '}' after a member") }
      let comma = position
      advance()
      if current == UInt8(ascii: "}") { throw SyntaxError(.trailingComma, at: comma) }
    }
    close(object)
    nodes[object].names = names.bits
    if names.areComparedLast { try compareAll(in: object, names.count) }
  }

  private mutating func scanArray(parent: UInt32) throws(SyntaxError) {
    let array = try open(.array, parent: parent)
    if current == UInt8(ascii: "]") { return close(array) }
    while true {
      try scanValue(parent: array)
      skipWhiteSpace()
      if current == UInt8(ascii: "]") { break }
      guard current == UInt8(ascii: ",") else { throw unexpected("',' or ']' after an element") }
      let comma = position
      advance()
      if current == UInt8(ascii: "]") { throw SyntaxError(.trailingComma, at: comma) }
    }
    close(array)
  }

  private mutating func open(_ kind: Node.Kind, parent: UInt32) throws(SyntaxError) -> UInt32 {
    depth += 1
    guard depth <= Self.maximumDepth || flags.contains(.generated) else {
      throw SyntaxError(.tooDeep(limit: Self.maximumDepth), at: position)
    }
    let index = UInt32(nodes.count)
    let start = UInt32(position)
    nodes.append(Node(start: start, end: start, next: 0, parent: parent, kind: kind, flags: flags))
    advance()
    return index
  }

  private mutating func close(_ container: UInt32) {
    position += 1
    depth -= 1
    nodes[container].end = UInt32(position)
    nodes[container].next = UInt32(nodes.count)
  }

  @inline(__always)
  mutating func record(
    _ kind: Node.Kind, from start: Int, parent: UInt32, extra: Node.Flags = [], tag: UInt32 = 0
  ) {
    nodes.append(
      Node(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: position),
        next: UInt32(truncatingIfNeeded: nodes.count &+ 1), parent: parent, kind: kind,
        flags: flags.union(extra), tag: tag))
  }
}
