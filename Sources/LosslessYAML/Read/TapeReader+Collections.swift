internal import LosslessJSON

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

  /// - Returns: where the member ends.
  private mutating func readMember(
    _ key: YAMLEvent, of mapping: Int, _ members: inout Members
  ) throws(Problem) -> Int {
    guard case .scalar(let name, let style) = key.content else {
      throw parser.problem("a key must be text, not a list, a mapping or an alias")
    }
    let indicator = colon(behind: key.end)
    let start = (json: tape.json.count, spans: tape.spans.count)
    let value = try parser.next()
    appendName(name, Span(key, item: key.start, indicator: key.end, form: .leaf))
    if let anchor = key.anchor {
      tape.hasAnchors = true
      anchors[anchor] = Stretch(
        json: start.json..<(tape.json.count - 1), spans: start.spans..<tape.spans.count)
    }
    // Brackets leave no place for a value that is not there.
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

  /// The last of several members with one name counts.
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
  /// What `<<` brings: names and values as JSON, with a span for each value and name.
  var merged: [(name: [UInt8], json: [UInt8], spans: [Span])] = []
}

extension TapeReader.Stretch {
  /// Follows the removal of a part of the tape that stands before this one.
  fileprivate mutating func move(behind gone: TapeReader.Stretch) {
    guard spans.lowerBound >= gone.spans.upperBound else { return }
    json = (json.lowerBound - gone.json.count)..<(json.upperBound - gone.json.count)
    spans = (spans.lowerBound - gone.spans.count)..<(spans.upperBound - gone.spans.count)
  }
}
