internal import LosslessJSON

/// The part of a text that spells one value. It is either on the line of its dash or colon, or on the lines
/// below, but never both. A value on its own lines includes the comment after it.
struct Slot {
  /// The offset after the dash or colon.
  let indicator: Int
  /// Empty if the value is on the lines below.
  let sameLine: Range<Int>
  /// Empty if the value is on the line of its dash or colon.
  let linesBelow: Range<Int>
}

extension YAMLText {
  func slot(of node: NodeID, in document: Document) -> Slot {
    let start = start(of: node.index, in: document)
    let end = end(of: node.index, in: document)
    guard !standsAlone(node, in: document) else {
      return Slot(indicator: start, sameLine: start..<end, linesBelow: end..<end)
    }
    let indicator = self[node.index].indicator
    let firstLine = lineEnd(from: indicator)
    if start <= firstLine {
      return Slot(indicator: indicator, sameLine: indicator..<end, linesBelow: end..<end)
    }
    return Slot(
      indicator: indicator, sameLine: indicator..<indicator,
      linesBelow: firstLine..<lineEnd(from: end))
  }

  /// Whether no dash or colon of a line precedes the value, because it is the document or inside brackets.
  func standsAlone(_ node: NodeID, in document: Document) -> Bool {
    node == document.root || self[document.container(of: node).index].form == .flow
  }

  /// Removes a value from its slot.
  mutating func clear(_ slot: Slot) {
    splice(slot.linesBelow, [])
    splice(slot.sameLine, [])
  }

  /// Restores a spelling that ``spelling(of:in:)`` returned.
  mutating func fill(_ slot: Slot, with spelling: String) {
    clear(slot)
    let isBelow = spelling.utf8.first == 0x0A || spelling.utf8.first == 0x0D
    let place = isBelow ? lineEnd(from: slot.indicator) : slot.indicator
    splice(place..<place, Array(spelling.utf8))
  }

  /// Writes a value into the slot of `node`, which may be that value.
  mutating func write(
    _ value: NodeID, into slot: Slot, of node: NodeID, _ emitter: Emitter, in document: Document
  ) throws(Problem) {
    var emitter = emitter
    let kind = emitter.hasChildren(value.index) ? document.kind(of: value) : nil
    let place = try place(of: slot, of: node, collection: kind, in: document)
    emitter.value(value.index, place)
    let item = item(of: node, in: document)
    clear(slot)
    insert(emitter, at: place.isBelow ? lineEnd(from: slot.indicator) : slot.indicator)
    var span = self[value.index]
    span.item = item
    span.indicator = slot.indicator
    set(span, of: value.index)
  }

  /// - Parameter collection: the kind of a value with children, or `nil` for other values.
  private func place(
    of slot: Slot, of node: NodeID, collection: Document.Kind?, in document: Document
  ) throws(Problem) -> Emitter.Place {
    if node == document.root { return .block(column: try column(of: node, in: document)) }
    if standsAlone(node, in: document) { return .flow }
    let column = try column(of: node, in: document)
    if document.kind(of: document.container(of: node)) == .array {
      return .behindDash(column: column)
    }
    guard let collection else { return .behindColon(blanks: blanks(in: slot)) }
    return .below(column: column + indentation.step(collection))
  }

  func item(of node: NodeID, in document: Document) -> Int {
    guard node != document.root else { return start(of: node.index, in: document) }
    let name = document.nameNode(of: node.index, in: document.container(of: node).index)
    return self[name ?? node.index].item
  }

  /// The spaces between the colon and the value.
  private func blanks(in slot: Slot) -> String {
    let blanks = buffer[slot.sameLine].prefix { $0 == UInt8(ascii: " ") }
    return blanks.isEmpty ? " " : String(decoding: blanks, as: UTF8.self)
  }
}

// MARK: Lines

extension YAMLText {
  /// The end of the line of `offset`, before the line break.
  func lineEnd(from offset: Int) -> Int {
    let end = buffer[offset...].firstIndex(of: 0x0A) ?? buffer.count
    return end > offset && buffer[end - 1] == 0x0D ? end - 1 : end
  }

  func lineStart(of offset: Int) -> Int {
    (buffer[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
  }

  /// The column at which a member or element begins.
  ///
  /// - Throws: a problem if its line begins with more than spaces and the dashes of outer lists.
  func column(of node: NodeID, in document: Document) throws(Problem) -> Int {
    let item = item(of: node, in: document)
    let prefix = buffer[lineStart(of: item)..<item]
    guard prefix.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) else {
      throw Problem(EditObstacle.irregular, at: inputOffset(around: node, in: document))
    }
    return prefix.count
  }

  /// Whether only spaces precede a child on its line, and the line is not the first.
  func standsOnOwnLine(_ item: Int) -> Bool {
    let start = lineStart(of: item)
    return start > 0 && buffer[start..<item].allSatisfy { $0 == UInt8(ascii: " ") }
  }

  /// The offset of the line break that precedes the item's line.
  func precedingLineEnd(of item: Int) -> Int {
    let start = lineStart(of: item) - 1
    return start > 0 && buffer[start - 1] == 0x0D ? start - 1 : start
  }

  /// The line break that precedes the item's line.
  func lineEndBefore(_ item: Int) -> String {
    text(in: precedingLineEnd(of: item)..<lineStart(of: item))
  }

  /// The offset of the next byte that is not whitespace.
  func skipWhiteSpace(from offset: Int) -> Int {
    buffer[offset...].firstIndex { $0 > UInt8(ascii: " ") } ?? buffer.count
  }

  func line(_ column: Int) -> String {
    indentation.newline + String(repeating: " ", count: column)
  }
}

extension [UInt8] {
  /// The offset of the first line break that YAML has but this library does not write: CR alone, NEL, LS or PS.
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
