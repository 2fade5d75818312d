internal import LosslessJSON

/// Converts libyaml's events to a ``Tape``.
struct TapeReader: ~Copyable {
  let bytes: UnsafeBufferPointer<UInt8>
  let purpose: Tape.Purpose
  var parser: EventParser
  var tape = Tape()
  var anchors: [String: Stretch] = [:]
  private var depth = 0

  /// An alias counts with all values that it repeats, which could be billions.
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
  ///   - event: the first event of the value.
  /// - item: the offset of the member or element with this value.
  /// - indicator: the offset after the colon or dash.
  /// - Returns: the offset at which the value ends.
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
    if let anchored = tape.spans[region.spans.lowerBound].input {
      tape.repetitions.add(aliasAt: span.start, of: anchored)
    }
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
  /// The texts before and after the first point.
  fileprivate var splitAtPoint: (JSONValue, JSONValue)? {
    guard let point = utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    return (.string(String(self[..<point])), .string(String(self[utf8.index(after: point)...])))
  }
}

// MARK: Collections

extension TapeReader {
  mutating func readSequence(_ span: Span) throws(Problem) -> Int {
    let sequence = tape.spans.count
    let isFlow = span.form == .flow
    tape.spans.append(span)
    tape.json += "[".utf8
    var end = contentStart(span)
    while true {
      let event = try parser.next()
      if case .end = event.content {
        return close(sequence, "]", at: isFlow ? event.end : end)
      }
      let dash = isFlow ? event.start : skipTrivia(from: end)
      if !isFlow, byte(dash) != UInt8(ascii: "-") {
        tape.spans[sequence].traits.insert(.irregular)
      }
      end = try readValue(event, item: dash, indicator: dash + 1)
      tape.json += ",".utf8
    }
  }

  mutating func readMapping(_ span: Span) throws(Problem) -> Int {
    let mapping = tape.spans.count
    let isFlow = span.form == .flow
    tape.spans.append(span)
    if isFlow, byte(contentStart(span)) != UInt8(ascii: "{") {
      tape.spans[mapping].traits.insert(.irregular)
    }
    tape.json += "{".utf8
    var members = Members()
    var end = contentStart(span)
    while true {
      let key = try parser.next()
      if case .end = key.content {
        append(merged: members, to: mapping)
        return close(mapping, "}", at: isFlow ? key.end : end)
      }
      end = try readMember(key, of: mapping, &members)
    }
  }

  /// - Returns: the offset at which the member ends.
  private mutating func readMember(
    _ key: YAMLEvent, of mapping: Int, _ members: inout Members
  ) throws(Problem) -> Int {
    guard case .scalar(let name, let style) = key.content else {
      throw parser.problem("a key must be text, not a list, a mapping or an alias")
    }
    let indicator = colon(behind: key.end)
    let start = (json: tape.json.count, spans: tape.spans.count)
    let aliasCount = tape.repetitions.count
    let value = try parser.next()
    appendName(name, Span(key, item: key.start, indicator: key.end, form: .leaf))
    if let anchor = key.anchor {
      tape.hasAnchors = true
      anchors[anchor] = Stretch(
        json: start.json..<(tape.json.count - 1), spans: start.spans..<tape.spans.count)
    }
    // A missing value inside brackets does not have a place.
    if indicator == nil || tape.spans[mapping].form == .flow && value.start == value.end {
      tape.spans[mapping].traits.insert(.irregular)
    }
    let end = try readValue(value, item: key.start, indicator: indicator ?? value.start)
    tape.json += ",".utf8
    let region = Stretch(
      json: start.json..<tape.json.count, spans: start.spans..<tape.spans.count)
    if name == "<<", style == .plain {
      tape.spans[mapping].traits.insert(.merged)
      members.merged += try takeMerged(region, value)
      if let place = tape.spans[mapping].input {
        tape.repetitions.merge(from: aliasCount, into: place)
      }
    } else {
      try add(name, region, to: mapping, &members)
    }
    return end
  }

  private mutating func add(
    _ name: String, _ region: Stretch, to mapping: Int, _ members: inout Members
  ) throws(Problem) {
    if members.names.insert(Array(name.utf8)).inserted {
      members.regions.append((Array(name.utf8), region))
    } else {
      try replaceDuplicate(name, of: mapping, by: region, &members)
    }
  }

  /// Removes earlier members with the same name, because the last one counts.
  private mutating func replaceDuplicate(
    _ name: String, of mapping: Int, by region: Stretch, _ members: inout Members
  ) throws(Problem) {
    if purpose == .configuration {
      throw parser.problem("the key '\(name)' appears twice in this mapping")
    }
    tape.spans[mapping].traits.insert(.duplicateKey)
    let key = Array(name.utf8)
    guard let place = members.regions.firstIndex(where: { $0.name == key }) else { return }
    let gone = members.regions.remove(at: place).region
    members.regions.append((key, region))
    tape.json.removeSubrange(gone.json)
    tape.spans.removeSubrange(gone.spans)
    for index in members.regions.indices where index >= place {
      members.regions[index].region.move(behind: gone)
    }
    anchors = anchors.filter { !gone.spans.contains($0.value.spans.lowerBound) }
    for name in anchors.keys { anchors[name]?.move(behind: gone) }
  }

  private mutating func close(_ collection: Int, _ bracket: String, at end: Int) -> Int {
    if tape.json.last == UInt8(ascii: ",") { tape.json.removeLast() }
    tape.json += bracket.utf8
    tape.spans[collection].end = end
    return end
  }
}

/// The members of a mapping that is being read.
struct Members {
  var names: Set<[UInt8]> = []
  var regions: [(name: [UInt8], region: TapeReader.Stretch)] = []
  /// The members that `<<` adds: names and values as JSON, with a span for each value and name.
  var merged: [(name: [UInt8], json: [UInt8], spans: [Span])] = []
}

extension TapeReader.Stretch {
  /// Adjusts the ranges after the removal of an earlier part of the tape.
  fileprivate mutating func move(behind gone: TapeReader.Stretch) {
    guard spans.lowerBound >= gone.spans.upperBound else { return }
    json = (json.lowerBound - gone.json.count)..<(json.upperBound - gone.json.count)
    spans = (spans.lowerBound - gone.spans.count)..<(spans.upperBound - gone.spans.count)
  }
}

// MARK: Merge keys

/// Merge keys: `<<: *defaults`, or a list of such. <https://yaml.org/type/merge.html>
extension TapeReader {
  /// Removes the member `<<`, which was read last, from the tape.
  ///
  /// - Returns: the members that it adds. If several have the same name, the first one counts.
  mutating func takeMerged(
    _ region: Stretch, _ event: YAMLEvent
  ) throws(Problem) -> [(name: [UInt8], json: [UInt8], spans: [Span])] {
    let spans = Array(tape.spans[region.spans].dropFirst())
    let name = Array("\"<<\":".utf8)
    let json = Array(tape.json[region.json].dropFirst(name.count).dropLast())
    tape.json.removeSubrange(region.json)
    tape.spans.removeSubrange(region.spans)
    anchors = anchors.filter { $0.value.spans.lowerBound < region.spans.lowerBound }
    guard let document = try? Document(json) else { return [] }
    let root = document.root
    let mappings = document.kind(of: root) == .array ? document.elements(of: root) : [root]
    guard mappings.allSatisfy({ document.kind(of: $0) == .object }) else {
      throw parser.problem("only mappings can be merged with '<<'")
    }
    return mappings.flatMap { mapping in
      document.members(of: mapping).map { name, value in
        var json: [UInt8] = []
        JSONValue.string(name).appendCompact(to: &json)
        json += ":".utf8
        document.value(value).appendCompact(to: &json)
        // A merged member does not have a separate place here.
        var span = spans[Int(value.index)]
        (span.form, span.traits) = (.leaf, .alias)
        let count = document.value(value).spanCount + 1
        return (Array(name.utf8), json, [Span](repeating: span, count: count))
      }
    }
  }

  /// Appends the merged members whose names the mapping itself does not have.
  mutating func append(merged members: Members, to mapping: Int) {
    var names = members.names
    for member in members.merged where names.insert(member.name).inserted {
      tape.json += member.json + ",".utf8
      tape.spans += member.spans
    }
  }
}

extension JSONValue {
  /// This value, the values inside it and their names.
  fileprivate var spanCount: Int {
    switch self {
    case .array(let elements): elements.reduce(1) { $0 + $1.spanCount }
    case .object(let members): members.reduce(1) { $0 + 1 + $1.value.spanCount }
    default: 1
    }
  }
}
