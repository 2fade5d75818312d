internal import LosslessJSON

/// A YAML text that follows the edits of a ``Document``.
///
/// Where edits go:
/// - A child is inserted on lines of its own, directly behind the line on which the child before
///   it ends: comments and blank lines below that line belong to what follows. A first child
///   pushes the one that was first to the next line.
/// - A child is removed with its lines from its dash or key on, the comment behind it included.
///   Comments above it stay.
/// - A value is replaced between its dash or colon and its end: comments around it stay, but
///   lines of its own go as they are.
/// - A collection without children is `[]` or `{}` behind the dash or colon.
/// - Collections in brackets are edited inside them, if they stand on one line.
///
/// Each removes exactly what its opposite wrote.
struct YAMLText: SourceText {
  private(set) var bytes: [UInt8]
  /// For each node of the document; shorter when the last nodes have no place in the text.
  var spans: [Span]
  /// What keeps every edit out, and where.
  let barrier: EditRefusal?
  let indentation: Indentation

  init(_ bytes: [UInt8], _ tape: Tape, _ document: Document) {
    self.bytes = bytes
    spans = tape.spans
    barrier = Self.barrier(bytes, tape)
    indentation = Indentation(of: document, spans, bytes)
  }

  private static func barrier(_ bytes: [UInt8], _ tape: Tape) -> EditRefusal? {
    if let offset = tape.secondDocument { return EditRefusal(.secondDocument, at: offset) }
    return bytes.firstForeignLineEnd.map { EditRefusal(.lineEnds, at: $0) }
  }

  func inputOffset(of node: NodeID) -> Int? { span(node)?.input }

  func spelling(of node: NodeID, in document: Document) -> String {
    guard span(node) != nil, document.refusals.isEmpty else { return "" }
    let slot = slot(of: node, in: document)
    return text(in: slot.head) + text(in: slot.body)
  }

  mutating func follow(_ document: Document) throws(EditRefusal) {
    guard let tape = try? Tape(reading: bytes, as: .template),
      let read = try? tape.document({ _ in nil }),
      follow(document.root, in: document, read.root, in: read, tape.spans)
    else { throw EditRefusal(.meaning, at: 0) }
  }

  // MARK: Places

  func span(_ node: NodeID) -> Span? {
    Int(node.index) < spans.count ? spans[Int(node.index)] : nil
  }

  subscript(_ index: UInt32) -> Span { spans[Int(index)] }

  mutating func set(_ span: Span, of index: UInt32) {
    let missing = Int(index) + 1 - spans.count
    let none = Span(start: 0, end: 0, item: 0, indicator: 0, form: .leaf)
    if missing > 0 { spans += [Span](repeating: none, count: missing) }
    spans[Int(index)] = span
  }

  /// Where a value ends; the comment behind it is not part of it.
  func end(of node: UInt32, in document: Document) -> Int {
    let span = self[node]
    guard span.form == .block || span.form == .tagged,
      let last = document.children(of: node).last
    else { return span.end }
    let end = end(of: last.value, in: document)
    return span.traits.isDisjoint(with: .unlisted) ? end : max(end, span.end)
  }

  func start(of node: UInt32, in document: Document) -> Int {
    let span = self[node]
    guard span.form == .block, span.traits.isDisjoint(with: [.properties, .unlisted]),
      let first = document.children(of: node).first
    else { return span.start }
    return item(first)
  }

  /// Where a child begins: its dash or key.
  func item(_ child: Child) -> Int { self[child.name ?? child.value].item }

  func text(in range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  // MARK: Changes

  /// - Parameter pushes: what begins at the place where text is inserted moves behind it.
  mutating func splice(_ range: Range<Int>, _ text: [UInt8], pushes: Bool = false) {
    bytes.replaceSubrange(range, with: text)
    let delta = text.count - range.count
    func moved(_ offset: Int, pushes: Bool = false) -> Int {
      guard offset > range.lowerBound || pushes && offset == range.lowerBound else { return offset }
      return offset >= range.upperBound ? offset + delta : range.lowerBound
    }
    for index in spans.indices {
      spans[index].start = moved(spans[index].start, pushes: pushes)
      spans[index].item = moved(spans[index].item, pushes: pushes)
      spans[index].end = moved(spans[index].end)
      spans[index].indicator = moved(spans[index].indicator)
    }
  }

  /// Inserts what an emitter has printed.
  mutating func insert(
    _ emitter: Emitter, at place: Int, before: String = "", after: String = "",
    pushes: Bool = false
  ) {
    let before = Array(before.utf8)
    splice(place..<place, before + emitter.output + after.utf8, pushes: pushes)
    for (node, span) in emitter.spans { set(span.moved(by: place + before.count), of: node) }
  }

  /// Compares values, and takes over where they stand.
  private mutating func follow(
    _ node: NodeID, in document: Document, _ readNode: NodeID, in read: Document, _ places: [Span]
  ) -> Bool {
    take(places[Int(readNode.index)], for: node.index)
    let kind = document.kind(of: node)
    guard kind == read.kind(of: readNode) else { return false }
    let children = document.children(of: node.index)
    let readChildren = read.children(of: readNode.index)
    guard children.count == readChildren.count else { return false }
    for (child, other) in zip(children, readChildren) {
      if let name = child.name, let otherName = other.name {
        take(places[Int(otherName)], for: name)
        guard document.value(NodeID(name)) == read.value(NodeID(otherName)) else { return false }
      }
      guard follow(NodeID(child.value), in: document, NodeID(other.value), in: read, places)
      else { return false }
    }
    return kind == .array || kind == .object
      || document.value(node).isEquivalent(to: read.value(readNode))
  }

  private mutating func take(_ place: Span, for node: UInt32) {
    var place = place
    place.input = span(NodeID(node))?.input
    set(place, of: node)
  }
}

extension Span {
  func moved(by delta: Int) -> Span {
    var span = self
    span.start += delta
    span.end += delta
    span.item += delta
    span.indicator += delta
    return span
  }
}
