/// An IPv4 or IPv6 address or CIDR block: what ECS's network plugin takes.
/// <https://github.com/aws/amazon-vpc-cni-plugins/tree/main/plugins/aws-appmesh>
public enum AddressBlock {
  public static func isValid(_ text: String) -> Bool {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let bits = isIPv4(parts[0]) ? 32 : isIPv6(parts[0]) ? 128 : -1
    return bits > 0 && (parts.count == 1 || isPrefixLength(parts[1], upTo: bits))
  }

  private static func isPrefixLength(_ text: Substring, upTo bits: Int) -> Bool {
    guard let length = Int(text), String(length) == text else { return false }
    return (0...bits).contains(length)
  }

  private static func isIPv4(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard let number = Int(part), String(number) == part else { return false }
        return (0...255).contains(number)
      }
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
