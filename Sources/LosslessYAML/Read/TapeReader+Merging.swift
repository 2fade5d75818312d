internal import LosslessJSON

/// Merge keys: `<<: *defaults`, or a list of such. <https://yaml.org/type/merge.html>
extension TapeReader {
  /// Takes the member `<<`, which was read last, off the tape.
  ///
  /// - Returns: the members that it brings; of those with one name the first counts.
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
        // What is merged has no place of its own here.
        var span = spans[Int(value.index)]
        (span.form, span.traits) = (.leaf, .alias)
        let count = document.value(value).spanCount + 1
        return (Array(name.utf8), json, [Span](repeating: span, count: count))
      }
    }
  }

  /// Members of the mapping itself go before those that it merges.
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
