/// An IPv4 or IPv6 address or CIDR block, in the forms that ECS's network plugin accepts.
/// <https://github.com/aws/amazon-vpc-cni-plugins/tree/main/plugins/aws-appmesh>
public enum AddressBlock {
  private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  public static func isValid(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      let slash = bytes.firstIndex(of: UInt8(ascii: "/"))
      let address = bytes[..<(slash ?? bytes.endIndex)]
      let bits = isIPv4(address) ? 32 : isIPv6(String(decoding: address, as: UTF8.self)) ? 128 : -1
      return bits > 0 && slash.map { isNumber(bytes[($0 + 1)...], upTo: bits) } ?? true
    }
  }

  private static func isIPv4(_ text: Bytes) -> Bool {
    var rest = text
    for _ in 1...3 {
      guard let dot = rest.firstIndex(of: UInt8(ascii: ".")), isNumber(rest[..<dot], upTo: 255)
      else { return false }
      rest = rest[(dot + 1)...]
    }
    return isNumber(rest, upTo: 255)
  }

  /// A decimal number of up to three digits, without leading zeros.
  private static func isNumber(_ digits: Bytes, upTo maximum: Int) -> Bool {
    guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count == 1 || digits.first != UInt8(ascii: "0")
    else { return false }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= maximum
  }

  /// Eight groups of up to four hexadecimal digits, or fewer with one `::`.
  private static func isIPv6(_ text: String) -> Bool {
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
