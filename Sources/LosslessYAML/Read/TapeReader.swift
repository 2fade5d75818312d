internal import LosslessJSON

/// Makes a ``Tape`` of libyaml's events.
struct TapeReader: ~Copyable {
  let bytes: UnsafeBufferPointer<UInt8>
  let purpose: Tape.Purpose
  var parser: EventParser
  var tape = Tape()
  var anchors: [String: Stretch] = [:]
  private var depth = 0

  /// An alias counts all of its values, which could be billions.
  private static let maximumCount = 1_000_000
  private static let maximumDepth = 128

  /// A part of the tape.
  struct Stretch {
    var json: Range<Int>
    var spans: Range<Int>
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ purpose: Tape.Purpose) {
    self.bytes = bytes
    self.purpose = purpose
    parser = EventParser(bytes)
  }

  mutating func readDocument() throws(Problem) -> Tape {
    _ = try parser.next()
    guard case .document = try parser.next().content else {
      append(.null, Span(start: 0, end: 0, item: 0, indicator: 0, form: .leaf, input: 0))
      return tape
    }
    tape.hasDirectives = byte(skipTrivia(from: 0)) == UInt8(ascii: "%")
    let root = try parser.next()
    _ = try readValue(root, item: root.start, indicator: root.start)
    _ = try parser.next()
    let next = try parser.next()
    if case .streamEnd = next.content { return tape }
    if purpose == .configuration {
      throw parser.problem("a second document begins here, and only one is read")
    }
    tape.secondDocument = next.start
    return tape
  }

  /// - Parameters:
  ///   - event: the value's first.
  ///   - item: where the member or element begins that it is the value of.
  ///   - indicator: behind the colon or dash.
  /// - Returns: where the value ends.
  mutating func readValue(
    _ event: YAMLEvent, item: Int, indicator: Int
  ) throws(Problem) -> Int {
    guard tape.spans.count < Self.maximumCount else {
      throw parser.problem(
        "it has more than \(Self.maximumCount) values, counting those of every alias")
    }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw parser.problem("values are nested too deep") }
    let start = (json: tape.json.count, spans: tape.spans.count)
    let end: Int
    if let intrinsic = event.tag.flatMap({ Intrinsic(tag: $0) }) {
      end = try readIntrinsic(intrinsic, event, item: item, indicator: indicator)
    } else {
      end = try readContent(event, item: item, indicator: indicator)
    }
    if let anchor = event.anchor {
      tape.hasAnchors = true
      anchors[anchor] = Stretch(
        json: start.json..<tape.json.count, spans: start.spans..<tape.spans.count)
    }
    return end
  }

  private mutating func readIntrinsic(
    _ intrinsic: Intrinsic, _ event: YAMLEvent, item: Int, indicator: Int
  ) throws(Problem) -> Int {
    let object = tape.spans.count
    var span = Span(event, item: item, indicator: indicator, form: .tagged)
    span.traits = [.tagged, .properties]
    tape.spans.append(span)
    tape.json += "{".utf8
    appendName(intrinsic.name, Span(event, item: item, indicator: indicator, form: .leaf))
    let end = try readContent(event, item: item, indicator: indicator, of: intrinsic)
    tape.spans[object].end = end
    tape.spans[object + 2].traits.insert(.tagged)
    tape.json += "}".utf8
    return end
  }

  private mutating func readContent(
    _ event: YAMLEvent, item: Int, indicator: Int, of intrinsic: Intrinsic? = nil
  ) throws(Problem) -> Int {
    var span = Span(event, item: item, indicator: indicator, form: .leaf)
    switch event.content {
    case .alias(let name): return try readAlias(name, span)
    case .scalar(let text, let style):
      if style == .block { measureBlockScalar(&span, text) }
      if intrinsic?.splitsText == true, let (left, right) = text.splitAtPoint {
        append([left, right], span)
        tape.spans += [span, span]
      } else {
        append(intrinsic == nil ? value(of: text, style, event.tag) : .string(text), span)
      }
      return span.end
    case .sequence(let isFlow):
      span.form = isFlow ? .flow : .block
      return try readSequence(span)
    case .mapping(let isFlow):
      span.form = isFlow ? .flow : .block
      return try readMapping(span)
    default: throw parser.problem("a value is expected here")
    }
  }

  private mutating func readAlias(_ name: String, _ span: Span) throws(Problem) -> Int {
    guard let region = anchors[name] else {
      throw parser.problem("there is no anchor '&\(name)' before this alias")
    }
    guard tape.spans.count + region.spans.count < Self.maximumCount else {
      throw parser.problem(
        "it has more than \(Self.maximumCount) values, counting those of every alias")
    }
    tape.spans[region.spans.lowerBound].traits.insert(.aliased)
    tape.json += Array(tape.json[region.json])
    var copy = span
    copy.traits = .alias
    tape.spans += [Span](repeating: copy, count: region.spans.count)
    return span.end
  }

  private func value(of text: String, _ style: ScalarStyle, _ tag: String?) -> JSONValue {
    let schema = purpose == .configuration ? Schema.core : .yaml11
    switch tag {
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
      "tag:yaml.org,2002:null":
      return schema.value(of: text)
    case nil: return style == .plain ? schema.value(of: text) : .string(text)
    default: return .string(text)
    }
  }

  mutating func append(_ value: JSONValue, _ span: Span) {
    tape.spans.append(span)
    value.appendCompact(to: &tape.json)
  }

  mutating func appendName(_ name: String, _ span: Span) {
    append(.string(JSONValue.printableName(name)), span)
    tape.json += ":".utf8
  }
}

extension Span {
  init(_ event: YAMLEvent, item: Int, indicator: Int, form: Form) {
    self.init(
      start: event.start, end: event.end, item: item, indicator: indicator, form: form,
      input: event.start)
    if event.tag != nil { traits.insert(.tagged) }
    if event.tag != nil || event.anchor != nil { traits.insert(.properties) }
  }
}

extension String {
  /// What stands before and behind the first point.
  fileprivate var splitAtPoint: (JSONValue, JSONValue)? {
    guard let point = utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    return (.string(String(self[..<point])), .string(String(self[utf8.index(after: point)...])))
  }
}
