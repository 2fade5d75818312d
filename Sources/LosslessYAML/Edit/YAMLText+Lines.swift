internal import LosslessJSON

extension YAMLText {
  /// The end of the line on which `offset` stands, before the line end.
  func lineEnd(from offset: Int) -> Int {
    let end = buffer[offset...].firstIndex(of: 0x0A) ?? buffer.count
    return end > offset && buffer[end - 1] == 0x0D ? end - 1 : end
  }

  func lineStart(of offset: Int) -> Int {
    (buffer[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
  }

  /// The column at which a member or element begins. Only blanks and the dashes of outer lists
  /// stand before it.
  func column(of node: NodeID, in document: Document) throws(Problem) -> Int {
    let item = item(of: node, in: document)
    let prefix = buffer[lineStart(of: item)..<item]
    guard prefix.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) else {
      throw Problem(EditObstacle.irregular, at: inputOffset(around: node, in: document))
    }
    return prefix.count
  }

  /// Whether nothing but blanks stands before a child, and a line before that.
  func standsOnOwnLine(_ item: Int) -> Bool {
    let start = lineStart(of: item)
    return start > 0 && buffer[start..<item].allSatisfy { $0 == UInt8(ascii: " ") }
  }

  /// From before the line end that precedes the item's line.
  func precedingLineEnd(of item: Int) -> Int {
    let start = lineStart(of: item) - 1
    return start > 0 && buffer[start - 1] == 0x0D ? start - 1 : start
  }

  /// The line end that precedes the item's line.
  func lineEndBefore(_ item: Int) -> String {
    text(in: precedingLineEnd(of: item)..<lineStart(of: item))
  }

  /// The next byte that is no white space.
  func skipWhiteSpace(from offset: Int) -> Int {
    buffer[offset...].firstIndex { $0 > UInt8(ascii: " ") } ?? buffer.count
  }

  func line(_ column: Int) -> String {
    indentation.newline + String(repeating: " ", count: column)
  }
}

extension [UInt8] {
  /// Where a line ends in a way that YAML knows and this library does not write: with CR alone,
  /// NEL, LS or PS.
  var firstForeignLineEnd: Int? {
    indices.first { index in
      switch self[index] {
      case 0x0D: index + 1 == count || self[index + 1] != 0x0A
      case 0xC2: index + 1 < count && self[index + 1] == 0x85
      case 0xE2:
        index + 2 < count && self[index + 1] == 0x80 && self[index + 2] | 1 == 0xA9
      default: false
      }
    }
  }
}
