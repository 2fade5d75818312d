extension JSONValue {
  /// The value as JSON text on one line, without whitespace.
  public var compactText: String {
    var text = CompactText()
    text.print(self, parent: 0)
    return text.text
  }

  package func appendCompact(to bytes: inout [UInt8]) {
    var text = CompactText()
    swap(&text.bytes, &bytes)
    text.print(self, parent: 0)
    swap(&text.bytes, &bytes)
  }

  /// The value as JSON text with two spaces per level, without a final line break.
  public var prettyText: String {
    guard let document = try? Document(Array(compactText.utf8)) else { return compactText }
    return String(decoding: document.reprinted(.pretty).dropLast(), as: UTF8.self)
  }

  /// The members without duplicate names and without U+0000 in names.
  static func printable(_ members: [Member]) -> [Member] {
    if isPrintable(members) { return members }
    // It numbers the members that are kept from 1.
    var numbers = NameTable(capacity: members.count)
    var printable: [Member] = []
    for member in members {
      let name = printableName(member.name)
      let number = UInt32(printable.count + 1)
      let earlier = name.withBytes { text in
        numbers.findOrInsert(number, text) { printable[Int($0) - 1].name.isSpelled(like: name) }
      }
      if let earlier {
        printable[Int(earlier) - 1].value = member.value
      } else {
        printable.append(Member(name, member.value))
      }
    }
    return printable
  }

  /// Whether members can be printed unchanged. A few names are compared with each other, which is faster than a
  /// table. Names with different marks are not compared.
  private static func isPrintable(_ members: [Member]) -> Bool {
    guard members.count <= 32 else { return false }
    var seen: UInt64 = 0
    for place in members.indices {
      let name = members[place].name
      if name.hasNull { return false }
      let mark = name.withBytes(Self.mark)
      if seen & mark != 0, hasEqual(members[place], in: members[..<place]) { return false }
      seen |= mark
    }
    return true
  }

  private static func hasEqual(_ member: Member, in earlier: ArraySlice<Member>) -> Bool {
    earlier.contains { $0.name.isSpelled(like: member.name) }
  }

  /// One bit that depends on a name's length, first and last byte. Equal names have the same.
  private static func mark(of name: UnsafeRawBufferPointer) -> UInt64 {
    guard let first = name.first, let last = name.last else { return 1 }
    let sum = UInt64(truncatingIfNeeded: name.count) &* 7 &+ UInt64(first) &* 3 &+ UInt64(last)
    return 1 &<< sum
  }

  package static func printableName(_ name: String) -> String {
    guard name.hasNull else { return name }
    let scalars = name.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension String {
  fileprivate var hasNull: Bool { withBytes(EightBytes.hasZero) }
}
