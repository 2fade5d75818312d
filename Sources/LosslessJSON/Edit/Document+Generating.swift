extension Document {
  /// Puts a value that an edit brings behind the document's bytes, and records where its parts are,
  /// so that later filters read and edit it like what was scanned.
  mutating func generate(_ value: JSONValue, parent: UInt32) -> UInt32 {
    let start = bytes.count
    switch value {
    case .array(let elements):
      let index = open("[", .array, parent)
      for place in elements.indices {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        _ = generate(elements[place], parent: index)
      }
      return close(index, "]")
    case .object(let members):
      let members = JSONValue.printable(members)
      let index = open("{", .object, parent)
      for place in members.indices {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        _ = generateName(members[place].name, parent: index)
        bytes.append(UInt8(ascii: ":"))
        _ = generate(members[place].value, parent: index)
      }
      return close(index, "}")
    case .string(let text): return generateString(text, parent: parent)
    case .number(let spelling):
      // What can't be printed as a number is a string.
      guard Scanner.isNumber(spelling) else { return generateString(spelling, parent: parent) }
      bytes += spelling.utf8
      return record(.number, from: start, parent)
    case .bool(let flag):
      bytes += (flag ? "true" : "false").utf8
      return record(.bool, from: start, parent)
    case .null:
      bytes += "null".utf8
      return record(.null, from: start, parent)
    }
  }

  /// The same for a member's name.
  mutating func generateName(_ name: String, parent: UInt32) -> UInt32 {
    let index = generateString(name, parent: parent)
    let node = nodes[Int(index)]
    if !node.flags.contains(.escaped) {
      nodes[Int(index)].tag = bytes.withUnsafeBytes {
        let text = $0[Int(node.start + 1)..<Int(node.end - 1)]
        return Fingerprint.of(UnsafeRawBufferPointer(rebasing: text))
      }
    }
    nodes[Int(parent)].names.insert(nodes[Int(index)].tag)
    return index
  }

  private mutating func generateString(_ text: String, parent: UInt32) -> UInt32 {
    let start = bytes.count
    let isEscaped = StringLiteral.append(text, to: &bytes)
    return record(.string, from: start, parent, isEscaped ? [.generated, .escaped] : .generated)
  }

  mutating func open(
    _ bracket: Unicode.Scalar, _ kind: Node.Kind, _ parent: UInt32
  ) -> UInt32 {
    let start = bytes.count
    bytes.append(UInt8(ascii: bracket))
    return record(kind, from: start, parent)
  }

  mutating func close(_ container: UInt32, _ bracket: Unicode.Scalar) -> UInt32 {
    bytes.append(UInt8(ascii: bracket))
    nodes[Int(container)].end = UInt32(bytes.count)
    nodes[Int(container)].next = UInt32(nodes.count)
    return container
  }

  mutating func record(
    _ kind: Node.Kind, from start: Int, _ parent: UInt32, _ flags: Node.Flags = .generated
  ) -> UInt32 {
    let index = UInt32(nodes.count)
    nodes.append(
      Node(
        start: UInt32(start), end: UInt32(bytes.count), next: index + 1, parent: parent, kind: kind,
        flags: flags))
    return index
  }

  /// Like ``generate(_:parent:)-(JSONValue,_)`` for a text, whose layout is kept byte for byte.
  ///
  /// - Throws: when the text is not one JSON value, or would be nested too deep in `parent`.
  mutating func adopt(_ text: String, parent: UInt32) throws(Problem) -> UInt32 {
    let scanned = try Document(Array(text.utf8))
    let start = bytes.count
    bytes += scanned.bytes[Int(scanned.nodes[0].start)..<Int(scanned.nodes[0].end)]
    let first = UInt32(nodes.count)
    do throws(SyntaxError) {
      try Self.scan(
        bytes, from: start, into: &nodes, parent: parent, flags: .verbatim,
        depth: path(to: NodeID(parent)).count + 1)
    } catch {
      bytes.removeSubrange(start...)
      throw SyntaxError(error.reason, at: 0).problem
    }
    return first
  }
}
