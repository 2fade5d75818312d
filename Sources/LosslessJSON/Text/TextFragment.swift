/// A prebuilt string that can be inserted into many documents.
///
/// Its literal is escaped only once. The texts that a document has in the blanks are escaped when they are
/// filled in.
public struct TextFragment: Hashable, Sendable {
  /// The parts of the literal before, between and after the blanks, without its quotes.
  fileprivate let pieces: [[UInt8]]
  /// The index of the blank for each gap between two pieces.
  fileprivate let gaps: [Int]

  /// - Parameter text: the whole string.
  public init(_ text: String) {
    pieces = [StringLiteral.content(of: text)]
    gaps = []
  }

  /// - Parameters:
  ///   - text: the string with a placeholder for each blank.
  /// - blanks: the placeholders. All their occurrences are filled. None may be a prefix of another.
  public init(_ text: String, blanks: [String]) {
    let bytes = Array(text.utf8)
    let placeholders = blanks.map { Array($0.utf8) }
    let firstBytes = placeholders.compactMap(\.first)
    var pieces: [[UInt8]] = []
    var gaps: [Int] = []
    var (start, place) = (0, 0)
    while let next = bytes[place...].firstIndex(where: firstBytes.contains) {
      place = next
      let blank = placeholders.firstIndex { bytes[place...].starts(with: $0) && !$0.isEmpty }
      guard let blank else {
        place += 1
        continue
      }
      pieces.append(Self.escaped(bytes[start..<place]))
      gaps.append(blank)
      place += placeholders[blank].count
      start = place
    }
    self.pieces = pieces + [Self.escaped(bytes[start...])]
    self.gaps = gaps
  }

  private static func escaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    text.withUnsafeBufferPointer(StringLiteral.content)
  }

  /// - Parameter texts: the text for each blank, in the order of the placeholders.
  public func filled(with texts: [String] = []) -> FilledText {
    FilledText(fragment: self, texts: texts.map(StringLiteral.content))
  }
}

/// A ``TextFragment`` with one document's texts in its blanks.
public struct FilledText: Hashable, Sendable {
  fileprivate let fragment: TextFragment
  /// The escaped texts of the blanks.
  fileprivate let texts: [[UInt8]]

  public var text: String {
    var literal: [UInt8] = []
    append(to: &literal)
    return literal.withUnsafeBytes(StringLiteral.decode)
  }

  /// The size in bytes of the JSON string with its escapes and quotes.
  public var literalByteCount: Int {
    fragment.pieces.reduce(2) { $0 + $1.count }
      + fragment.gaps.reduce(0) { $0 + texts[$1].count }
  }

  /// Appends the JSON string.
  func append(to bytes: inout [UInt8]) {
    // One step, because a configuration is longer than the document around it.
    let count = bytes.count + literalByteCount
    if bytes.capacity < count { bytes.reserveCapacity(2 * count) }
    bytes.append(UInt8(ascii: "\""))
    for (place, piece) in fragment.pieces.enumerated() {
      bytes += piece
      if place < fragment.gaps.count { bytes += texts[fragment.gaps[place]] }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
