/// JSON on one line, without white space, that is written piece by piece: for texts that every
/// document gets. The caller sees to it that brackets and names stand where JSON has them.
package struct CompactText {
  private var bytes: [UInt8] = []

  /// - Parameter count: bytes that it is likely to have.
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

  /// Escapes the `$` of `${`, which linters of templates take for a placeholder outside of `Fn::Sub`.
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
}
