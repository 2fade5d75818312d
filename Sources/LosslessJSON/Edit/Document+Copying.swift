extension Document {
  /// Gives a member the value that another one has, but for what a patch changes. Numbers and texts
  /// stay as they are spelled.
  ///
  /// - Parameters:
  ///   - original: a value of this document.
  ///   - patch: a JSON Merge Patch (RFC 7396).
  @discardableResult
  public mutating func set(
    _ name: String, toCopyOf original: NodeID, merging patch: JSONValue, in object: NodeID,
    because reason: Edit.Reason
  ) -> NodeID? {
    let name = JSONValue.printableName(name)
    if let present = member(name, of: object) {
      return replace(present, with: value(original).merging(patch), because: reason)
    }
    return add(name, in: object, reason) {
      $0.copy(original.index, merging: patch, parent: object.index)
    }
  }

  /// Puts a copy of a value behind the document's bytes: see ``generate(_:parent:)``.
  private mutating func copy(_ value: UInt32, merging patch: JSONValue?, parent: UInt32) -> UInt32 {
    let kind = nodes[Int(value)].kind
    guard let patch else {
      switch kind {
      case .array: return copyElements(of: value, parent)
      case .object: return copyMembers(of: value, merging: [], parent)
      default: return copyLiteral(value, parent)
      }
    }
    guard kind == .object, let changes = patch.object else {
      return generate(JSONValue.object([]).merging(patch), parent: parent)
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
      let place = added.firstIndex { isString(NodeID(name), $0.name) }
      let change = place.map { added.remove(at: $0).value }
      if change == .null { continue }
      if nodes.count > empty { bytes.append(UInt8(ascii: ",")) }
      copyName(name, copy)
      bytes.append(UInt8(ascii: ":"))
      _ = self.copy(child.value, merging: change, parent: copy)
    }
    for member in added where member.value != .null {
      if nodes.count > empty { bytes.append(UInt8(ascii: ",")) }
      _ = generateName(member.name, parent: copy)
      bytes.append(UInt8(ascii: ":"))
      _ = generate(JSONValue.object([]).merging(member.value), parent: copy)
    }
    return close(copy, "}")
  }

  private mutating func copyName(_ name: UInt32, _ object: UInt32) {
    let index = copyLiteral(name, object)
    nodes[Int(index)].tag = nodes[Int(name)].tag
    nodes[Int(object)].names.insert(nodes[Int(name)].tag)
  }

  private mutating func copyLiteral(_ scalar: UInt32, _ parent: UInt32) -> UInt32 {
    let node = nodes[Int(scalar)]
    let (start, length) = (bytes.count, Int(node.end - node.start))
    bytes.append(contentsOf: repeatElement(0, count: length))
    // A slice would be a second owner of the bytes, and make the array copy all of them.
    bytes.withUnsafeMutableBytes { bytes in
      let literal = UnsafeRawBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
      UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).copyMemory(from: literal)
    }
    return record(
      node.kind, from: start, parent, node.flags.intersection(.escaped).union(.generated))
  }
}
