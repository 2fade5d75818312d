extension JSONValue {
  /// Values are equal if they are spelled equally: member order, number spelling and every scalar matter.
  ///
  /// Strings are compared by their bytes. Swift's `==` uses canonical equivalence, by which "é" as one scalar
  /// and as two are equal. In JSON they are different.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): one.isSpelled(like: other)
    case (.string(let one), .string(let other)): one.isSpelled(like: other)
    case (.array(let one), .array(let other)): one == other
    case (.object(let one), .object(let other)): one == other
    default: false
    }
  }

  /// Whether both values are equal according to RFC 6902 (section 4.6), which ignores the order of members and
  /// the spelling of numbers. Numbers are compared exactly, not as `Double`.
  public func isEquivalent(to other: JSONValue) -> Bool {
    switch (self, other) {
    case (.number(let one), .number(let other)):
      one.isSpelled(like: other) || Decimal(one).map { $0 == Decimal(other) } ?? false
    case (.array(let one), .array(let other)):
      one.count == other.count && zip(one, other).allSatisfy { $0.isEquivalent(to: $1) }
    case (.object(let one), .object(let other)): Self.areEquivalent(one, other)
    default: self == other
    }
  }

  private static func areEquivalent(_ one: [Member], _ other: [Member]) -> Bool {
    guard one.count == other.count else { return false }
    var values: [[UInt8]: JSONValue] = [:]
    for member in other { values[Array(member.name.utf8)] = member.value }
    return one.allSatisfy { member in
      values[Array(member.name.utf8)].map { member.value.isEquivalent(to: $0) } ?? false
    }
  }

  /// A number as its significant digits and the power of ten of its last digit.
  private struct Decimal: Equatable {
    var isNegative: Bool
    var digits: [UInt8]
    var exponent: Int

    /// - Returns: `nil` if the exponent does not fit in 32 bits, or the spelling is not a number.
    init?(_ spelling: String) {
      let parts = spelling.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) {
        $0 | 0x20 == UInt8(ascii: "e")
      }
      guard let power = parts.count == 1 ? 0 : Int32(String(parts[1]) ?? "") else { return nil }
      let mantissa = parts[0].drop { $0 == UInt8(ascii: "-") }
      let fraction = mantissa.drop { $0 != UInt8(ascii: ".") }.dropFirst()
      let all = mantissa.filter { $0 != UInt8(ascii: ".") }
      let significant = all.drop { $0 == UInt8(ascii: "0") }
      digits = Array(significant.prefix(through: significant.lastIndex { $0 != UInt8(ascii: "0") }))
      exponent = Int(power) - fraction.count + significant.count - digits.count
      isNegative = parts[0].first == UInt8(ascii: "-")
      if digits.isEmpty { (isNegative, exponent) = (false, 0) }
    }
  }
}

extension JSONValue.Member {
  public static func == (left: JSONValue.Member, right: JSONValue.Member) -> Bool {
    left.name.isSpelled(like: right.name) && left.value == right.value
  }
}

extension ArraySlice<UInt8> {
  fileprivate func prefix(through last: Index?) -> Self {
    last.map { self[...$0] } ?? []
  }
}
