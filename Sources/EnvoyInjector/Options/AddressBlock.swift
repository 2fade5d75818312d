/// An IPv4 or IPv6 address or CIDR block: what ECS's network plugin takes.
/// <https://github.com/aws/amazon-vpc-cni-plugins/tree/main/plugins/aws-appmesh>
public enum AddressBlock {
  public static func isValid(_ text: String) -> Bool {
    let slash = UInt8(ascii: "/")
    let parts = text.utf8.split(separator: slash, maxSplits: 1, omittingEmptySubsequences: false)
      .map(Substring.init)
    let bits = isIPv4(parts[0]) ? 32 : isIPv6(parts[0]) ? 128 : -1
    return bits > 0 && (parts.count == 1 || isPrefixLength(parts[1], upTo: bits))
  }

  private static func isPrefixLength(_ text: Substring, upTo bits: Int) -> Bool {
    guard let length = Int(text), String(length) == text else { return false }
    return (0...bits).contains(length)
  }

  private static func isIPv4(_ text: Substring) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy(isByte)
  }

  /// A decimal number up to 255, without leading zeros.
  private static func isByte(_ digits: Substring.UTF8View) -> Bool {
    guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count == 1 || digits.first != UInt8(ascii: "0")
    else { return false }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
  }

  /// Eight groups of up to four hexadecimal digits, or fewer with one `::`.
  private static func isIPv6(_ text: Substring) -> Bool {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    let groups = halves.map { half in
      half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
    }
    guard
      groups.joined().allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy(\.isHexDigit) })
    else { return false }
    let count = groups.joined().count
    return halves.count == 1 ? count == 8 : halves.count == 2 && count <= 7
  }
}
