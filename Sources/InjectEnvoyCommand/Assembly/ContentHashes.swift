/// Hashes of files that changed. Wherever an old one stands, as in the name of an asset, the new one
/// takes its place.
struct ContentHashes {
  private static let length = 64
  private var new: [String: String] = [:]

  mutating func replace(_ old: String, with hash: String) { new[old] = hash }

  /// - Returns: the text with the new hashes.
  func updated(_ bytes: [UInt8]) -> [UInt8] {
    guard !new.isEmpty else { return bytes }
    var updated: [UInt8] = []
    var copied = 0
    for run in Self.all(in: bytes) {
      guard let hash = new[String(decoding: bytes[run], as: UTF8.self)] else { continue }
      updated += bytes[copied..<run.lowerBound]
      updated += hash.utf8
      copied = run.upperBound
    }
    return copied == 0 ? bytes : updated + bytes[copied...]
  }

  /// Where a text has exactly 64 hexadecimal digits.
  static func all(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    for index in 0...bytes.count where index == bytes.count || !isDigit(bytes[index]) {
      if index - start == length { found.append(start..<index) }
      start = index + 1
    }
    return found
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
