/// Prints values as JSON on one line, without whitespace. This is the only code in the package that converts
/// a ``JSONValue`` to text.
///
/// ``CompactText`` only collects the bytes. ``NodeTree`` also records a node for each value and name.
protocol ValuePrinter {
  var bytes: [UInt8] { get set }

  /// Called for each value and name, and for the opening bracket of a container.
  ///
  /// - Parameters:
  /// - start: the offset of the first byte. The last byte is at the end of ``bytes``.
  /// - parent: the value that `record` returned for the container.
  mutating func record(
    _ kind: Node.Kind, from start: Int, parent: UInt32, isEscaped: Bool
  ) -> UInt32
  /// Called after `record` if the string is a member's name.
  mutating func recordName(_ name: UInt32, of object: UInt32)
  /// Called after the closing bracket.
  mutating func recordEnd(of container: UInt32)
}

extension ValuePrinter {
  @discardableResult
  mutating func print(_ value: JSONValue, parent: UInt32) -> UInt32 {
    switch value {
    case .array(let elements):
      let array = open("[", .array, parent)
      for place in elements.indices {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        print(elements[place], parent: array)
      }
      return close(array, "]")
    case .object(let members):
      let members = JSONValue.printable(members)
      let object = open("{", .object, parent)
      for place in members.indices {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        printName(members[place].name, of: object)
        bytes.append(UInt8(ascii: ":"))
        print(members[place].value, parent: object)
      }
      return close(object, "}")
    case .string(let text): return printString(text, parent: parent)
    case .number(let spelling):
      // A spelling that is not a JSON number is printed as a string.
      guard Scanner.isNumber(spelling) else { return printString(spelling, parent: parent) }
      return printLiteral(spelling, .number, parent)
    case .bool(let flag): return printLiteral(flag ? "true" : "false", .bool, parent)
    case .null: return printLiteral("null", .null, parent)
    }
  }

  @discardableResult
  mutating func printName(_ name: String, of object: UInt32) -> UInt32 {
    let index = printString(name, parent: object)
    recordName(index, of: object)
    return index
  }

  mutating func open(_ bracket: Unicode.Scalar, _ kind: Node.Kind, _ parent: UInt32) -> UInt32 {
    let start = bytes.count
    bytes.append(UInt8(ascii: bracket))
    return record(kind, from: start, parent: parent, isEscaped: false)
  }

  mutating func close(_ container: UInt32, _ bracket: Unicode.Scalar) -> UInt32 {
    bytes.append(UInt8(ascii: bracket))
    recordEnd(of: container)
    return container
  }

  private mutating func printString(_ text: String, parent: UInt32) -> UInt32 {
    let start = bytes.count
    let isEscaped = StringLiteral.append(text, to: &bytes)
    return record(.string, from: start, parent: parent, isEscaped: isEscaped)
  }

  private mutating func printLiteral(
    _ spelling: String, _ kind: Node.Kind, _ parent: UInt32
  ) -> UInt32 {
    let start = bytes.count
    bytes += spelling.utf8
    return record(kind, from: start, parent: parent, isEscaped: false)
  }
}

/// JSON on one line, without whitespace, written piece by piece. For texts that every document gets. The
/// caller must write brackets and names where JSON requires them.
package struct CompactText: ValuePrinter {
  var bytes: [UInt8] = []

  init() {}

  /// - Parameter count: the expected number of bytes.
  package init(reserving count: Int) { bytes.reserveCapacity(count) }

  package mutating func open(_ bracket: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: bracket))
  }

  package mutating func close(_ bracket: Unicode.Scalar) { bytes.append(UInt8(ascii: bracket)) }

  package mutating func name(_ name: String) {
    separate()
    StringLiteral.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  package mutating func value(_ value: String) { StringLiteral.append(value, to: &bytes) }

  package mutating func value(_ value: Int) { bytes += String(value).utf8 }

  package mutating func value(_ value: Bool) { bytes += (value ? "true" : "false").utf8 }

  /// Escapes the `$` of `${`, which template linters report as a placeholder outside of `Fn::Sub`.
  package mutating func value(escapingPlaceholdersOf json: JSONValue) {
    let text = Array(json.compactText.utf8)
    for (index, byte) in text.enumerated() {
      let next = index + 1 < text.count ? text[index + 1] : 0
      if byte == UInt8(ascii: "$"), next == UInt8(ascii: "{") {
        bytes += #"\u0024"#.utf8
      } else {
        bytes.append(byte)
      }
    }
  }

  private mutating func separate() {
    switch bytes.last {
    case nil, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ":"): break
    default: bytes.append(UInt8(ascii: ","))
    }
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  func record(_ kind: Node.Kind, from start: Int, parent: UInt32, isEscaped: Bool) -> UInt32 { 0 }

  func recordName(_ name: UInt32, of object: UInt32) {}

  func recordEnd(of container: UInt32) {}
}
