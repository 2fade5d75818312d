internal import LosslessJSON

/// The part of a text that spells one value: either behind its dash or colon, or on the lines
/// below that; never both. What is on lines of its own has them for itself: the comment behind it
/// goes with it.
struct Slot {
  /// Behind the dash or colon.
  let indicator: Int
  let head: Range<Int>
  let body: Range<Int>
}

extension YAMLText {
  func slot(of node: NodeID, in document: Document) -> Slot {
    let start = start(of: node.index, in: document)
    let end = end(of: node.index, in: document)
    guard !standsAlone(node, in: document) else {
      return Slot(indicator: start, head: start..<end, body: end..<end)
    }
    let indicator = self[node.index].indicator
    let firstLine = lineEnd(from: indicator)
    if start <= firstLine {
      return Slot(indicator: indicator, head: indicator..<end, body: end..<end)
    }
    return Slot(
      indicator: indicator, head: indicator..<indicator, body: firstLine..<lineEnd(from: end))
  }

  /// Whether no dash or colon of a line stands before the value: it is the document, or stands in
  /// brackets.
  func standsAlone(_ node: NodeID, in document: Document) -> Bool {
    node == document.root || self[document.container(of: node).index].form == .flow
  }

  /// Takes a value out of its slot.
  mutating func clear(_ slot: Slot) {
    splice(slot.body, [])
    splice(slot.head, [])
  }

  /// What ``spelling(of:in:)`` gave goes back where it was.
  mutating func fill(_ slot: Slot, with spelling: String) {
    clear(slot)
    let isBody = spelling.utf8.first == 0x0A || spelling.utf8.first == 0x0D
    let place = isBody ? lineEnd(from: slot.indicator) : slot.indicator
    splice(place..<place, Array(spelling.utf8))
  }

  /// Writes a value into the slot of `node`, which may be the same.
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

  /// - Parameter collection: the kind of a value with children; `nil` for all others.
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

  /// What stands between the colon and the value.
  private func blanks(in slot: Slot) -> String {
    let blanks = buffer[slot.head].prefix { $0 == UInt8(ascii: " ") }
    return blanks.isEmpty ? " " : String(decoding: blanks, as: UTF8.self)
  }
}
