internal import CYAML
public import LosslessJSON

/// An event that libyaml reports for a part of a text.
struct YAMLEvent {
  enum Content {
    case stream
    case document
    case alias(String)
    case scalar(String, ScalarStyle)
    case sequence(isFlow: Bool)
    case mapping(isFlow: Bool)
    /// The end of a sequence, mapping or document.
    case end
    case streamEnd
  }

  let content: Content
  /// The offsets in bytes. A value begins with its anchor and tag.
  let start: Int
  let end: Int
  let anchor: String?
  let tag: String?
}

enum ScalarStyle {
  case plain, quoted
  /// A block scalar, after `|` or `>`.
  case block
}

/// Wraps libyaml's parser as a sequence of events with byte offsets.
struct EventParser: ~Copyable {
  // Allocated on the heap, because libyaml keeps pointers to its own state.
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
  private let bytes: UnsafeBufferPointer<UInt8>
  private let offsets: ByteOffsets

  /// - Parameter bytes: the text, which must outlive the parser.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    offsets = ByteOffsets(bytes)
    event.initialize(to: yaml_event_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_event_delete(event)
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
  }

  mutating func next() throws(Problem) -> YAMLEvent {
    yaml_event_delete(event)
    guard yaml_parser_parse(parser, event) == 1 else { throw failure }
    let data = event.pointee.data
    switch event.pointee.type {
    case YAML_ALIAS_EVENT: return make(.alias(text(data.alias.anchor) ?? ""))
    case YAML_SCALAR_EVENT:
      let scalar = data.scalar
      return make(.scalar(scalar.text, scalar.kind), text(scalar.anchor), text(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let start = data.sequence_start
      return make(
        .sequence(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE), text(start.anchor),
        text(start.tag))
    case YAML_MAPPING_START_EVENT:
      let start = data.mapping_start
      return make(
        .mapping(isFlow: start.style == YAML_FLOW_MAPPING_STYLE), text(start.anchor),
        text(start.tag))
    case YAML_STREAM_START_EVENT: return make(.stream)
    case YAML_DOCUMENT_START_EVENT: return make(.document)
    case YAML_STREAM_END_EVENT: return make(.streamEnd)
    default: return make(.end)
    }
  }

  /// A problem at the current event.
  ///
  /// - Parameter reason: a clause without a full stop.
  func problem(_ reason: String) -> Problem {
    .yaml(reason, at: offsets[Int(event.pointee.start_mark.index)])
  }

  private var failure: Problem {
    let reason = parser.pointee.problem.map { String(cString: $0) } ?? "this is not YAML"
    // The decoder reads ahead of the parser, and reports a byte offset.
    let isOfDecoder = parser.pointee.error == YAML_READER_ERROR
    return .yaml(
      reason,
      at: isOfDecoder
        ? min(parser.pointee.problem_offset, bytes.count)
        : offsets[Int(parser.pointee.problem_mark.index)])
  }

  private func make(
    _ content: YAMLEvent.Content, _ anchor: String? = nil, _ tag: String? = nil
  ) -> YAMLEvent {
    YAMLEvent(
      content: content, start: offsets[Int(event.pointee.start_mark.index)],
      end: offsets[Int(event.pointee.end_mark.index)], anchor: anchor, tag: tag)
  }

  private func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}

extension yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar {
  fileprivate var text: String {
    String(decoding: UnsafeBufferPointer(start: value, count: length), as: UTF8.self)
  }

  fileprivate var kind: ScalarStyle {
    switch style {
    case YAML_PLAIN_SCALAR_STYLE: .plain
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
    default: .quoted
    }
  }
}

/// Converts libyaml's character counts to offsets in bytes.
private struct ByteOffsets {
  /// The offset of each character. Empty if all characters are one byte long.
  private var table: [Int] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return }
    // All bytes begin a character, except UTF-8 continuation bytes.
    table = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
  }

  subscript(character: Int) -> Int {
    table.isEmpty ? character : table[min(character, table.count - 1)]
  }
}

extension Rule {
  public static let yaml = error(
    "yaml", "The YAML cannot be read: {reason}.", fix: "Fix the YAML at this position.")
}

extension Problem {
  /// - Parameters:
  ///   - reason: a clause without a full stop.
  ///   - offset: offset in bytes in the text.
  static func yaml(_ reason: String, at offset: Int) -> Problem {
    Problem(.yaml, ["reason": reason], at: Place(offset: offset))
  }
}
