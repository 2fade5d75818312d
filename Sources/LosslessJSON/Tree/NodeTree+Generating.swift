/// Values that edits add. Each is appended to the bytes as compact JSON, with nodes, so that later filters
/// can read and edit it like a scanned value.
extension NodeTree: ValuePrinter {
  mutating func record(
    _ kind: Node.Kind, from start: Int, parent: UInt32, isEscaped: Bool
  ) -> UInt32 {
    let index = UInt32(nodes.count)
    nodes.append(
      Node(
        start: UInt32(start), end: UInt32(bytes.count), next: index + 1, parent: parent, kind: kind,
        flags: isEscaped ? [.generated, .escaped] : .generated))
    return index
  }

  mutating func recordName(_ name: UInt32, of object: UInt32) {
    let node = nodes[Int(name)]
    if !node.flags.contains(.escaped) {
      nodes[Int(name)].tag = bytes.withUnsafeBytes {
        let text = $0[Int(node.start + 1)..<Int(node.end - 1)]
        return Fingerprint.of(UnsafeRawBufferPointer(rebasing: text))
      }
    }
    nodes[Int(object)].filter.insert(nodes[Int(name)].tag)
  }

  mutating func recordEnd(of container: UInt32) {
    nodes[Int(container)].end = UInt32(bytes.count)
    nodes[Int(container)].next = UInt32(nodes.count)
  }

  /// Appends a text. Its layout is preserved byte for byte.
  ///
  /// - Parameter depth: the number of containers around the value.
  /// - Throws: an error if the text is not one JSON value, or is nested too deep for this place.
  mutating func adopt(
    _ text: String, parent: UInt32, depth: Int
  ) throws(SyntaxError) -> UInt32 {
    let scanned = try NodeTree(scanning: Array(text.utf8))
    let start = bytes.count
    bytes += scanned.bytes[Int(scanned.nodes[0].start)..<Int(scanned.nodes[0].end)]
    let first = UInt32(nodes.count)
    do throws(SyntaxError) {
      try Self.scan(
        bytes, from: start, into: &nodes, parent: parent, flags: .verbatim, depth: depth)
    } catch {
      bytes.removeSubrange(start...)
      throw SyntaxError(error.reason, at: 0)
    }
    return first
  }

  /// Appends trivia, which does not have a node.
  mutating func append(trivia: String) -> Range<Int> {
    let start = bytes.count
    bytes += trivia.utf8
    return start..<bytes.count
  }
}

// MARK: Copies

extension NodeTree {
  /// Appends a copy of a value. Numbers and strings keep their spelling.
  ///
  /// - Parameter patch: a JSON Merge Patch (RFC 7396), or `nil` for no changes.
  mutating func copy(_ value: UInt32, merging patch: JSONValue?, parent: UInt32) -> UInt32 {
    let kind = nodes[Int(value)].kind
    guard let patch else {
      switch kind {
      case .array: return copyElements(of: value, parent)
      case .object: return copyMembers(of: value, merging: [], parent)
      default: return copyLiteral(value, parent)
      }
    }
    guard kind == .object, let changes = patch.object else {
      return print(JSONValue.object([]).merging(patch), parent: parent)
    }
    return copyMembers(of: value, merging: changes, parent)
  }

  private mutating func copyElements(of array: UInt32, _ parent: UInt32) -> UInt32 {
    let copy = open("[", .array, parent)
    for (place, child) in children(of: array).enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      _ = self.copy(child.value, merging: nil, parent: copy)
    }
    return close(copy, "]")
  }

  private mutating func copyMembers(
    of object: UInt32, merging changes: [JSONValue.Member], _ parent: UInt32
  ) -> UInt32 {
    var added = changes
    let copy = open("{", .object, parent)
    let empty = nodes.count
    for child in children(of: object) {
      guard let name = child.name else { continue }
      let place = added.firstIndex { isString(name, $0.name) }
      let change = place.map { added.remove(at: $0).value }
      if change == .null { continue }
      if nodes.count > empty { bytes.append(UInt8(ascii: ",")) }
      copyName(name, copy)
      bytes.append(UInt8(ascii: ":"))
      _ = self.copy(child.value, merging: change, parent: copy)
    }
    for member in added where member.value != .null {
      if nodes.count > empty { bytes.append(UInt8(ascii: ",")) }
      printName(member.name, of: copy)
      bytes.append(UInt8(ascii: ":"))
      print(JSONValue.object([]).merging(member.value), parent: copy)
    }
    return close(copy, "}")
  }

  private mutating func copyName(_ name: UInt32, _ object: UInt32) {
    let index = copyLiteral(name, object)
    nodes[Int(index)].tag = nodes[Int(name)].tag
    nodes[Int(object)].filter.insert(nodes[Int(name)].tag)
  }

  private mutating func copyLiteral(_ scalar: UInt32, _ parent: UInt32) -> UInt32 {
    let node = nodes[Int(scalar)]
    let (start, length) = (bytes.count, Int(node.end - node.start))
    bytes.append(contentsOf: repeatElement(0, count: length))
    // A slice would share the buffer, and the next mutation would copy the whole buffer.
    bytes.withUnsafeMutableBytes { bytes in
      let literal = UnsafeRawBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
      UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).copyMemory(from: literal)
    }
    let isEscaped = node.flags.contains(.escaped)
    return record(node.kind, from: start, parent: parent, isEscaped: isEscaped)
  }
}
