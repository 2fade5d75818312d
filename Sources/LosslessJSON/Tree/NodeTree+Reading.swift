// MARK: Members by name

extension NodeTree {
  @inline(__always)
  func member(_ name: MemberName, of object: UInt32) -> UInt32? {
    member(name.bytes, name.fingerprint, of: object)
  }

  /// - Returns: the value of the member, or `nil` if there is none or `object` is not an object.
  @inline(__always)
  func member(
    _ name: UnsafeRawBufferPointer, _ fingerprint: UInt32, of object: UInt32
  ) -> UInt32? {
    let node = nodes[Int(object)]
    guard node.kind == .object, node.filter.mayContain(fingerprint) else { return nil }
    return find(name, fingerprint, in: object)
  }

  // Not inlined: the Bloom filter above answers most lookups.
  @inline(never)
  private func find(
    _ name: UnsafeRawBufferPointer, _ fingerprint: UInt32, in object: UInt32
  ) -> UInt32? {
    let node = nodes[Int(object)]
    if node.flags.contains(.listed) { return find(name, fingerprint, inChanged: Int(node.tag)) }
    if node.flags.contains(.tabled), let table = nameTable(of: object) {
      return table.find(name) { isName($0, name) }.map { $0 + 1 }
    }
    return withScannedChildren(of: object) { children in
      children.firstValue(tagged: fingerprint) { nameNode in
        hasName(name, fingerprint, nodes[Int(nameNode)].tag, nameNode)
      }
    }
  }

  private func find(
    _ name: UnsafeRawBufferPointer, _ fingerprint: UInt32, inChanged list: Int
  ) -> UInt32? {
    nodes.withUnsafeBufferPointer { nodes in
      changedChildren[list].withUnsafeBufferPointer { children in
        for child in children {
          guard let nameNode = child.name else { continue }
          if hasName(name, fingerprint, nodes[Int(nameNode)].tag, nameNode) { return child.value }
        }
        return nil
      }
    }
  }

  /// - Parameter tag: the ``Node/tag`` of the name.
  @inline(__always)
  private func hasName(
    _ text: UnsafeRawBufferPointer, _ fingerprint: UInt32, _ tag: UInt32, _ nameNode: UInt32
  ) -> Bool {
    if tag == fingerprint { return isSpelled(nodes[Int(nameNode)], text) }
    return tag == Fingerprint.unknown && isEscapedSpelling(nameNode, of: text)
  }

  func isNamed(_ nameNode: UInt32, _ name: MemberName) -> Bool {
    hasName(name.bytes, name.fingerprint, nodes[Int(nameNode)].tag, nameNode)
  }

  /// The place of a member's name in a list, or `nil` if the list does not have it.
  @inline(__always)
  func place(of nameNode: UInt32, in names: MemberNameList) -> Int? {
    names.place(nodes[Int(nameNode)].tag) { isNamed(nameNode, $0) }
  }

  // Not inlined: hardly any name has escapes.
  @inline(never)
  private func isEscapedSpelling(_ name: UInt32, of text: UnsafeRawBufferPointer) -> Bool {
    self.text(name).utf8.elementsEqual(text)
  }

  /// The name table of an object whose children no edit has changed.
  private func nameTable(of object: UInt32) -> NameTable? {
    let node = nodes[Int(object)]
    return node.flags.contains(.tabled) && node.flags.isDisjoint(with: .listed)
      ? nameTables[object] : nil
  }

  private func isName(_ index: UInt32, _ text: UnsafeRawBufferPointer) -> Bool {
    let node = nodes[Int(index)]
    guard !node.flags.contains(.escaped) else { return self.text(index).utf8.elementsEqual(text) }
    return bytes.withUnsafeBytes { $0[Int(node.start) + 1..<Int(node.end) - 1].elementsEqual(text) }
  }
}

// MARK: Values

extension NodeTree {
  func kind(of value: UInt32) -> Document.Kind {
    switch nodes[Int(value)].kind {
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  /// The elements of an array, or an empty array for other values.
  func elements(of value: UInt32) -> [NodeID] {
    let array = nodes[Int(value)]
    guard array.kind == .array else { return [] }
    if array.flags.contains(.listed) {
      return changedChildren[Int(array.tag)].map { NodeID($0.value) }
    }
    guard array.next > value + 1 else { return [] }
    // The initializer for uninitialized capacity looks up the metadata of the array's storage each time.
    var elements: [NodeID] = []
    elements.reserveCapacity(scannedCount(of: value))
    withScannedChildren(of: value) { children in
      for child in children { elements.append(NodeID(child.value)) }
    }
    return elements
  }

  /// The number as an integer, or `nil` for other values and numbers beyond 64 bits.
  func integer(_ value: UInt32) -> Int? {
    let number = nodes[Int(value)]
    guard number.kind == .number else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      UnsafeBufferPointer(rebasing: bytes[Int(number.start)..<Int(number.end)]).integer
    }
  }

  func bool(_ value: UInt32) -> Bool? {
    let literal = nodes[Int(value)]
    return literal.kind == .bool ? bytes[Int(literal.start)] == UInt8(ascii: "t") : nil
  }

  func value(_ index: UInt32) -> JSONValue {
    switch nodes[Int(index)].kind {
    case .null: .null
    case .bool: .bool(bool(index) ?? false)
    case .number: .number(spelling(index))
    case .string: .string(text(index))
    case .array: .array(elements(of: index).map { value($0.index) })
    case .object:
      .object(
        children(of: index).map { child in
          JSONValue.Member(child.name.map { text($0) } ?? "", value(child.value))
        })
    }
  }
}

// MARK: Texts

extension NodeTree {
  /// The decoded text of a string or a member's name.
  func text(_ index: UInt32) -> String {
    let node = nodes[Int(index)]
    let range = Int(node.start)..<Int(node.end)
    guard node.flags.contains(.escaped) else {
      return String(decoding: bytes[(range.lowerBound + 1)..<(range.upperBound - 1)], as: UTF8.self)
    }
    return bytes.withUnsafeBytes {
      StringLiteral.decode(UnsafeRawBufferPointer(rebasing: $0[range]))
    }
  }

  /// The bytes of a value or name.
  func spelling(_ index: UInt32) -> String {
    let node = nodes[Int(index)]
    return text(in: Int(node.start)..<Int(node.end))
  }

  func text(in range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The white space at the start of the line that contains a scanned byte.
  func indentation(ofLineWith offset: UInt32) -> String {
    let start = (bytes[..<Int(offset)].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let blanks = bytes[start..<Int(offset)].prefix {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
    }
    return String(decoding: blanks, as: UTF8.self)
  }

  /// Whether a value is a string whose UTF-8 passes a test. The test reads it in place unless it has
  /// escapes.
  func isString(_ index: UInt32, where test: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
    let literal = nodes[Int(index)]
    guard literal.kind == .string else { return false }
    if literal.flags.contains(.escaped) {
      return Array(text(index).utf8).withUnsafeBufferPointer(test)
    }
    let inner = Int(literal.start) + 1..<Int(literal.end) - 1
    return bytes.withUnsafeBufferPointer { test(UnsafeBufferPointer(rebasing: $0[inner])) }
  }

  func isString(_ index: UInt32, _ text: String) -> Bool {
    let literal = nodes[Int(index)]
    guard literal.kind == .string else { return false }
    if literal.flags.contains(.escaped) { return self.text(index).isSpelled(like: text) }
    return text.withBytes { isSpelled(literal, $0) }
  }

  /// Whether two strings have equal text.
  func haveEqualText(_ one: UInt32, _ other: UInt32) -> Bool {
    let (left, right) = (nodes[Int(one)], nodes[Int(other)])
    guard !left.flags.contains(.escaped), !right.flags.contains(.escaped) else {
      return text(one).isSpelled(like: text(other))
    }
    return bytes[Int(left.start)..<Int(left.end)] == bytes[Int(right.start)..<Int(right.end)]
  }

  @inline(__always)
  private func isSpelled(_ node: Node, _ text: UnsafeRawBufferPointer) -> Bool {
    let start = Int(node.start) &+ 1
    guard Int(node.end) &- 1 &- start == text.count else { return false }
    return bytes.withUnsafeBytes { bytes in
      EightBytes.areEqual(
        UnsafeRawBufferPointer(start: bytes.baseAddress.map { $0 + start }, count: text.count), text
      )
    }
  }
}
