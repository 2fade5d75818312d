/// Base64 as in RFC 4648, section 4: the standard alphabet, with padding.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0..<4 {
        let digit = alphabet[bits >> (18 - 6 * index) & 0x3F]
        text.append(index <= group.count ? digit : padding)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// - Returns: `nil` if the text is not made of whole groups of four characters of the alphabet.
  static func bytes(of text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 4) else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 4) {
      let isLast = start + 4 == digits.count
      let group = digits[start..<start + 4]
      let padded = isLast ? group.reversed().prefix { $0 == padding }.count : 0
      guard padded <= 2 else { return nil }
      var bits = 0
      for digit in group.dropLast(padded) {
        guard let value = alphabet.firstIndex(of: digit) else { return nil }
        bits = bits << 6 | value
      }
      bits <<= 6 * padded
      for index in 0..<3 - padded { bytes.append(UInt8(bits >> (16 - 8 * index) & 0xFF)) }
    }
    return bytes
  }
}
