extension JSONValue {
  /// The value as JSON text on one line, without white space.
  public var compactText: String {
    var bytes: [UInt8] = []
    appendCompact(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  package func appendCompact(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let spelling) where Scanner.isNumber(spelling): bytes += spelling.utf8
    case .number(let text), .string(let text): StringLiteral.append(text, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.appendCompact(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in Self.printable(members).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        StringLiteral.append(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.appendCompact(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// The members with every name once and without U+0000.
  static func printable(_ members: [Member]) -> [Member] {
    if isPrintable(members) { return members }
    var places: [[UInt8]: Int] = [:]
    var printable: [Member] = []
    for member in members {
      let name = printableName(member.name)
      if let place = places.updateValue(printable.count, forKey: Array(name.utf8)) {
        printable[place].value = member.value
        places[Array(name.utf8)] = place
      } else {
        printable.append(Member(name, member.value))
      }
    }
    return printable
  }

  /// Whether members can be printed as they are; told without a table where they are few, as in
  /// nearly every object that is made.
  private static func isPrintable(_ members: [Member]) -> Bool {
    guard members.count <= 16 else { return false }
    for place in members.indices {
      let name = members[place].name
      if name.hasNull { return false }
      for earlier in 0..<place where members[earlier].name.isSpelled(like: name) { return false }
    }
    return true
  }

  package static func printableName(_ name: String) -> String {
    guard name.hasNull else { return name }
    let scalars = name.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension String {
  fileprivate var hasNull: Bool { withBytes { $0.contains(0) } }
}
