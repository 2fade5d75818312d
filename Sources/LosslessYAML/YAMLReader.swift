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
  private var anchors: [String: JSONValue] = [:]
  /// Values read so far; an alias counts all of its values, which could be billions.
  private var count = 0
  private static let maximumCount = 100_000

  /// - Parameter bytes: one YAML document in UTF-8.
  public static func value(_ bytes: [UInt8]) throws(YAMLError) -> JSONValue {
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, YAMLError> in
      var reader = YAMLReader(buffer)
      do throws(YAMLError) {
        return .success(try reader.readDocument())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(_ buffer: UnsafeBufferPointer<UInt8>) {
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
      let mark = parser.pointee.problem_mark
      throw YAMLError(
        message: parser.pointee.problem.map { String(cString: $0) } ?? "this is no YAML",
        line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
  }

  /// Reads the value that the current event begins; the current event is then its last one.
  private mutating func readValue() throws(YAMLError) -> JSONValue {
    count += 1
    guard count <= Self.maximumCount else { throw error("there are too many values") }
    switch event.pointee.type {
    case YAML_SCALAR_EVENT:
      return remember(text(event.pointee.data.scalar.anchor), scalar)
    case YAML_SEQUENCE_START_EVENT:
      let anchor = text(event.pointee.data.sequence_start.anchor)
      return remember(anchor, try readSequence())
    case YAML_MAPPING_START_EVENT:
      let anchor = text(event.pointee.data.mapping_start.anchor)
      return remember(anchor, try readMapping())
    case YAML_ALIAS_EVENT:
      let name = text(event.pointee.data.alias.anchor)
      guard let value = anchors[name] else { throw error("no anchor '&\(name)' stands before") }
      count += value.count
      return value
    default: throw error("a value is expected here")
    }
  }

  private mutating func readSequence() throws(YAMLError) -> JSONValue {
    var elements: [JSONValue] = []
    try advance()
    while event.pointee.type != YAML_SEQUENCE_END_EVENT {
      elements.append(try readValue())
      try advance()
    }
    return .array(elements)
  }

  private mutating func readMapping() throws(YAMLError) -> JSONValue {
    var members: [JSONValue.Member] = []
    try advance()
    while event.pointee.type != YAML_MAPPING_END_EVENT {
      guard event.pointee.type == YAML_SCALAR_EVENT else { throw error("keys must be plain text") }
      let name = scalarText
      guard !members.contains(where: { $0.name == name }) else {
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

  private var scalar: JSONValue {
    let text = scalarText
    guard event.pointee.data.scalar.style == YAML_PLAIN_SCALAR_STYLE else { return .string(text) }
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

  private mutating func remember(_ anchor: String, _ value: JSONValue) -> JSONValue {
    if !anchor.isEmpty { anchors[anchor] = value }
    return value
  }

  private func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }

  private func error(_ message: String) -> YAMLError {
    let mark = event.pointee.start_mark
    return YAMLError(message: message, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
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
