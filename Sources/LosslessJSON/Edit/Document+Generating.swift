extension Document {
  /// Puts a value that an edit brings behind the document's bytes, and records where its parts are,
  /// so that later filters read and edit it like what was scanned.
  mutating func generate(_ value: JSONValue, parent: UInt32) -> UInt32 {
    let index = beginGenerated(value.printedKind, parent: parent)
    var flags: Node.Flags = .generated
    switch value {
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        _ = generate(element, parent: index)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (place, member) in JSONValue.printable(members).enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        _ = generateName(member.name, parent: index)
        bytes.append(UInt8(ascii: ":"))
        _ = generate(member.value, parent: index)
      }
      bytes.append(UInt8(ascii: "}"))
    case .string(let text):
      if StringLiteral.append(text, to: &bytes) { flags.insert(.escaped) }
    case .number(let text) where nodes[Int(index)].kind == .string:
      if StringLiteral.append(text, to: &bytes) { flags.insert(.escaped) }
    default: value.appendCompact(to: &bytes)
    }
    endGenerated(index, flags)
    return index
  }

  /// The same for a member's name.
  mutating func generateName(_ name: String, parent: UInt32) -> UInt32 {
    let index = beginGenerated(.string, parent: parent)
    if StringLiteral.append(name, to: &bytes) {
      endGenerated(index, [.generated, .escaped])
    } else {
      endGenerated(index, .generated)
      noteFingerprint(ofName: index)
    }
    return index
  }

  private mutating func beginGenerated(_ kind: Node.Kind, parent: UInt32) -> UInt32 {
    let start = UInt32(bytes.count)
    let index = UInt32(nodes.count)
    nodes.append(
      Node(start: start, end: start, next: 0, parent: parent, kind: kind))
    return index
  }

  private mutating func endGenerated(_ index: UInt32, _ flags: Node.Flags) {
    nodes[Int(index)].end = UInt32(bytes.count)
    nodes[Int(index)].next = UInt32(nodes.count)
    nodes[Int(index)].flags = flags
  }

  private mutating func noteFingerprint(ofName index: UInt32) {
    let node = nodes[Int(index)]
    nodes[Int(index)].tag = bytes.withUnsafeBytes {
      Fingerprint.of(UnsafeRawBufferPointer(rebasing: $0[Int(node.start + 1)..<Int(node.end - 1)]))
    }
  }

  /// The same for text whose layout is to be kept, byte for byte.
  ///
  /// - Throws: when the text is not one JSON value.
  mutating func adopt(_ text: String, parent: UInt32) throws(SyntaxError) -> UInt32 {
    let scanned = try Document(Array(text.utf8))
    let start = bytes.count
    bytes += scanned.bytes[Int(scanned.nodes[0].start)..<Int(scanned.nodes[0].end)]
    let first = UInt32(nodes.count)
    try Self.scan(bytes, from: start, into: &nodes, parent: parent, flags: .verbatim)
    return first
  }
}

extension JSONValue {
  /// What the value is in print: what can't be printed as a number is a string.
  fileprivate var printedKind: Node.Kind {
    switch self {
    case .null: .null
    case .bool: .bool
    case .number(let spelling): Scanner.isNumber(spelling) ? .number : .string
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}
