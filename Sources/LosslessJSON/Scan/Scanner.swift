/// One strict pass over the bytes (RFC 8259) that records the place of every value.
///
/// The scanner checks everything before any filter runs, so that later steps never see bytes that another
/// parser would read differently.
struct Scanner {
  /// Deeper documents are rejected. Real ones are much flatter, and parsers have different limits.
  static let maximumDepth = 128
  /// Half of the offsets that ``Node`` can hold. The other half is for the text that edits add.
  static let maximumCount = 1 << 31

  let bytes: UnsafeBufferPointer<UInt8>
  var position: Int
  var depth = 0
  var nodes = NodeBuffer()
  /// Name tables of large objects, keyed by node.
  var nameTables: [UInt32: NameTable] = [:]
  /// The flags of every recorded node.
  let flags: Node.Flags

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, flags: Node.Flags) {
    self.bytes = bytes
    self.position = start
    self.flags = flags
  }

  /// Scans one document: a value with only whitespace around it.
  mutating func scanDocument() throws(SyntaxError) {
    do throws(SyntaxError) {
      try scanOnlyValue()
    } catch {
      if isJsonnet(error) { throw SyntaxError(.jsonnet, at: error.offset) }
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

  /// Whether a comment in the style of another language begins here.
  var isComment: Bool { current == UInt8(ascii: "/") || current == UInt8(ascii: "#") }

  /// Whether the text begins with a byte order mark of UTF-16, or with the zero byte that every ASCII character
  /// has in UTF-16.
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
    nodes[object].filter = names.filter
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

// MARK: Characters

extension Scanner {
  /// The byte at the position, or 0 at the end. JSON does not allow a zero byte anywhere.
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  func byte(_ ahead: Int) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  /// Skips the current byte and the whitespace after it.
  @inline(__always)
  mutating func advance() {
    position += 1
    skipWhiteSpace()
  }

  @inline(__always)
  mutating func skipWhiteSpace() {
    guard position < bytes.count, bytes[position] <= UInt8(ascii: " ") else { return }
    skipSpace()
    if current <= UInt8(ascii: " ") { skipLines() }
  }

  /// The single space of `": "` and `", "` is by far the most frequent case.
  @inline(__always)
  private mutating func skipSpace() {
    if bytes[position] == UInt8(ascii: " ") { position += 1 }
  }

  /// Skips line breaks and indentation, eight spaces per step (SWAR).
  private mutating func skipLines() {
    let raw = UnsafeRawBufferPointer(bytes)
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
      case UInt8(ascii: " "):
        var blanks = 8
        while blanks == 8, position + 8 <= bytes.count {
          let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
          let others = UInt64(littleEndian: word) ^ 0x2020_2020_2020_2020
          blanks = others.trailingZeroBitCount / 8
          position += blanks
        }
        if current == UInt8(ascii: " ") { position += 1 }
      default: return
      }
    }
  }

  func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

// MARK: Member names

extension Scanner {
  /// The names of an object while it is scanned.
  struct Names {
    private(set) var count = 0
    private var hasEscapes = false
    private(set) var filter = NameFilter()

    /// A few names are compared while they are scanned, many when the object ends.
    var areComparedLast: Bool { count >= NameTable.minimumCount || hasEscapes }

    /// - Returns: whether the name may be equal to an earlier one.
    @inline(__always)
    mutating func add(_ fingerprint: UInt32) -> Bool {
      let isKnown = filter.mayContain(fingerprint)
      filter.insert(fingerprint)
      count = count &+ 1
      if fingerprint == Fingerprint.unknown { hasEscapes = true }
      return isKnown && !areComparedLast
    }
  }

  /// Scans a name.
  ///
  /// - Throws: an error if the object has another member with this name.
  @inline(__always)
  mutating func scanName(in object: UInt32, _ names: inout Names) throws(SyntaxError) {
    let start = position
    let special = try skipString(isName: true)
    let fingerprint =
      special.contains(.escaped)
      ? Fingerprint.unknown : Fingerprint.of(bytes, from: start &+ 1, to: position &- 1)
    record(.string, from: start, parent: object, extra: special, tag: fingerprint)
    if names.add(fingerprint) { try compare(UInt32(nodes.count - 1), in: object) }
  }

  private func compare(_ name: UInt32, in object: UInt32) throws(SyntaxError) {
    var earlier = object + 1
    while earlier < name {
      if nodes[earlier].tag == nodes[name].tag, literal(earlier).elementsEqual(literal(name)) {
        throw duplicate(name)
      }
      earlier = nodes[earlier + 1].next
    }
  }

  /// Compares all names of an object, including names with escapes, when the object ends.
  ///
  /// - Parameter count: the number of names.
  mutating func compareAll(in object: UInt32, _ count: Int) throws(SyntaxError) {
    var table = NameTable(capacity: count)
    var name = object + 1
    while name < nodes.count {
      let earlier = withText(name) { text in
        table.findOrInsert(name, text) { other in withText(other) { $0.elementsEqual(text) } }
      }
      if earlier != nil { throw duplicate(name) }
      name = nodes[name + 1].next
    }
    guard count >= NameTable.minimumCount, flags.isEmpty else { return }
    nameTables[object] = table
    nodes[object].flags.insert(.tabled)
  }

  /// Calls `body` with the bytes of a name's text.
  private func withText<Result>(
    _ name: UInt32, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if nodes[name].flags.contains(.escaped) { return text(name).withBytes(body) }
    let plain = UnsafeBufferPointer(rebasing: literal(name).dropFirst().dropLast())
    return body(UnsafeRawBufferPointer(plain))
  }

  private func duplicate(_ name: UInt32) -> SyntaxError {
    SyntaxError(.duplicateName(text(name)), at: Int(nodes[name].start))
  }

  private func text(_ name: UInt32) -> String {
    let literal = literal(name)
    guard nodes[name].flags.contains(.escaped) else {
      return String(decoding: literal.dropFirst().dropLast(), as: UTF8.self)
    }
    return StringLiteral.decode(UnsafeRawBufferPointer(literal))
  }

  private func literal(_ name: UInt32) -> UnsafeBufferPointer<UInt8> {
    let node = nodes[name]
    return UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
  }
}
