internal import CYAML
public import LosslessJSON

/// Reads YAML with libyaml, as the values that JSON knows.
///
/// Plain scalars mean what YAML 1.2's core schema says where JSON has that value: `true`, `false`,
/// `null`, `~` and JSON's numbers; all others, `yes`, `off` and `0x1F` among them, are strings.
public struct YAMLReader: ~Copyable {
  // On the heap: libyaml keeps pointers into its own state.
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
  private let bytes: [UInt8]
  private var anchors: [String: JSONValue] = [:]
  /// Values read so far; an alias counts all of its values, which could be billions.
  private var count = 0
  private static let maximumCount = 100_000
  /// Containers around the current value; the limit is that of ``Document``.
  private var depth = 0
  private static let maximumDepth = 128

  /// - Parameter bytes: one YAML document in UTF-8.
  public static func value(_ bytes: [UInt8]) throws(YAMLError) -> JSONValue {
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, YAMLError> in
      var reader = YAMLReader(buffer, bytes)
      do throws(YAMLError) {
        return .success(try reader.readDocument())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(_ buffer: UnsafeBufferPointer<UInt8>, _ bytes: [UInt8]) {
    self.bytes = bytes
    event.initialize(to: yaml_event_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
  }

  deinit {
    yaml_event_delete(event)
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
  }

  private mutating func readDocument() throws(YAMLError) -> JSONValue {
    try advance()
    try advance()
    guard event.pointee.type != YAML_STREAM_END_EVENT else { return .null }
    try advance()
    let value = try readValue()
    try advance()
    try advance()
    guard event.pointee.type == YAML_STREAM_END_EVENT else {
      throw error("a second document begins here, and only one is read")
    }
    return value
  }

  private func advance() throws(YAMLError) {
    yaml_event_delete(event)
    guard yaml_parser_parse(parser, event) == 1 else {
      // The reader, which decodes ahead of the parser, knows an offset only.
      let isEncoding = parser.pointee.error == YAML_READER_ERROR
      throw error(
        parser.pointee.problem.map { String(cString: $0) } ?? "this is no YAML",
        at: isEncoding ? mark(of: parser.pointee.problem_offset) : parser.pointee.problem_mark)
    }
  }

  /// Reads the value that the current event begins; the current event is then its last one.
  private mutating func readValue() throws(YAMLError) -> JSONValue {
    try add(1)
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw error("values are nested deeper than \(Self.maximumDepth) levels")
    }
    switch event.pointee.type {
    case YAML_SCALAR_EVENT:
      return remember(text(event.pointee.data.scalar.anchor), try scalar())
    case YAML_SEQUENCE_START_EVENT:
      let anchor = text(event.pointee.data.sequence_start.anchor)
      return remember(anchor, try readSequence())
    case YAML_MAPPING_START_EVENT:
      let anchor = text(event.pointee.data.mapping_start.anchor)
      return remember(anchor, try readMapping())
    case YAML_ALIAS_EVENT: return try readAlias()
    default: throw error("a value is expected here")
    }
  }

  private mutating func readAlias() throws(YAMLError) -> JSONValue {
    let name = text(event.pointee.data.alias.anchor)
    guard let value = anchors[name] else { throw error("no anchor '&\(name)' stands before") }
    try add(value.count)
    return value
  }

  private mutating func add(_ values: Int) throws(YAMLError) {
    count += values
    guard count <= Self.maximumCount else {
      throw error("there are more than \(Self.maximumCount) values, aliases counted in full")
    }
  }

  private mutating func readSequence() throws(YAMLError) -> JSONValue {
    try requireNoTag(event.pointee.data.sequence_start.tag, but: YAML_SEQ_TAG)
    var elements: [JSONValue] = []
    try advance()
    while event.pointee.type != YAML_SEQUENCE_END_EVENT {
      elements.append(try readValue())
      try advance()
    }
    return .array(elements)
  }

  private mutating func readMapping() throws(YAMLError) -> JSONValue {
    try requireNoTag(event.pointee.data.mapping_start.tag, but: YAML_MAP_TAG)
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    try advance()
    while event.pointee.type != YAML_MAPPING_END_EVENT {
      guard event.pointee.type == YAML_SCALAR_EVENT else {
        throw error("a key must be text, not a list, a mapping or an alias")
      }
      let name = scalarText
      guard names.insert(name).inserted else {
        throw error("the key '\(name)' stands twice in this mapping")
      }
      try advance()
      members.append(JSONValue.Member(name, try readValue()))
      try advance()
    }
    return .object(members)
  }

  private var scalarText: String {
    let scalar = event.pointee.data.scalar
    return String(
      decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
  }

  private func scalar() throws(YAMLError) -> JSONValue {
    let tag = event.pointee.data.scalar.tag
    let isPlain = event.pointee.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
    guard tag == nil else {
      try requireNoTag(tag, but: YAML_STR_TAG)
      return .string(scalarText)
    }
    return isPlain ? plain(scalarText) : .string(scalarText)
  }

  private func plain(_ text: String) -> JSONValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: break
    }
    // What the strict scan takes for a number is one.
    guard let document = try? Document(Array(text.utf8)),
      document.kind(of: document.root) == .number
    else { return .string(text) }
    return .number(text)
  }

  /// A tag gives a value a meaning that JSON has no word for.
  private func requireNoTag(
    _ tag: UnsafeMutablePointer<UInt8>?, but allowed: String
  ) throws(YAMLError) {
    let tag = text(tag)
    guard tag.isEmpty || tag == "!" || tag == allowed else {
      throw error("the tag '\(tag)' is not known here")
    }
  }

  private mutating func remember(_ anchor: String, _ value: JSONValue) -> JSONValue {
    if !anchor.isEmpty { anchors[anchor] = value }
    return value
  }

  private func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }

  private func error(_ message: String) -> YAMLError {
    error(message, at: event.pointee.start_mark)
  }

  private func error(_ message: String, at mark: yaml_mark_t) -> YAMLError {
    YAMLError(message: message, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  private func mark(of offset: Int) -> yaml_mark_t {
    let position = TextPosition(of: min(offset, bytes.count), in: bytes)
    return yaml_mark_t(index: offset, line: position.line - 1, column: position.column - 1)
  }
}

extension JSONValue {
  /// This value and all inside it.
  fileprivate var count: Int {
    switch self {
    case .array(let elements): elements.reduce(1) { $0 + $1.count }
    case .object(let members): members.reduce(1) { $0 + $1.value.count }
    default: 1
    }
  }
}
