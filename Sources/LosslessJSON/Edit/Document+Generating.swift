extension Document {
  /// Puts a value that an edit brings behind the document's bytes and scans it like them, so that
  /// later filters read and edit it in the same way. Every ``JSONValue`` prints as strict JSON.
  mutating func generate(_ value: JSONValue, parent: UInt32) -> UInt32 {
    let start = bytes.count
    value.appendCompact(to: &bytes)
    do throws(SyntaxError) {
      return try index(from: start, parent: parent, flags: .generated)
    } catch {
      preconditionFailure("a generated value is no JSON: \(error.message) in \(value.compactText)")
    }
  }

  /// The same for text whose layout is to be kept, byte for byte.
  ///
  /// - Throws: when the text is not one JSON value.
  mutating func adopt(_ text: String, parent: UInt32) throws(SyntaxError) -> UInt32 {
    let scanned = try Document(Array(text.utf8))
    let start = bytes.count
    bytes += scanned.bytes[Int(scanned.nodes[0].start)..<Int(scanned.nodes[0].end)]
    return try index(from: start, parent: parent, flags: .verbatim)
  }

  private mutating func index(
    from start: Int, parent: UInt32, flags: Node.Flags
  ) throws(SyntaxError) -> UInt32 {
    let first = UInt32(nodes.count)
    try Self.scan(bytes, from: start, into: &nodes, parent: parent, flags: flags)
    return first
  }
}
