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
  private(set) var buffer: GapBuffer
  private var spans: SpanTable
  /// What keeps every edit out, and where.
  let barrier: Problem?
  let indentation: Indentation
  /// Lines before the document say what tags mean in it.
  let hasDirectives: Bool

  init(_ bytes: [UInt8], _ tape: Tape, _ document: Document) {
    buffer = GapBuffer(bytes)
    spans = SpanTable(tape.spans)
    barrier = Self.barrier(bytes, tape)
    indentation = Indentation(of: document, tape.spans, bytes)
    hasDirectives = tape.hasDirectives
  }

  var bytes: [UInt8] { buffer.bytes }

  private static func barrier(_ bytes: [UInt8], _ tape: Tape) -> Problem? {
    if let offset = tape.secondDocument { return Problem(EditObstacle.secondDocument, at: offset) }
    return bytes.firstForeignLineEnd.map { Problem(EditObstacle.lineEnds, at: $0) }
  }

  func inputOffset(of node: NodeID) -> Int? { span(node)?.input }

  func spelling(of node: NodeID, in document: Document) -> String {
    guard span(node) != nil, document.refusals.isEmpty else { return "" }
    let slot = slot(of: node, in: document)
    return text(in: slot.head) + text(in: slot.body)
  }

  // MARK: Places

  func span(_ node: NodeID) -> Span? {
    Int(node.index) < spans.count ? spans[Int(node.index)] : nil
  }

  subscript(_ index: UInt32) -> Span { spans[Int(index)] }

  mutating func set(_ span: Span, of index: UInt32) { spans.set(span, at: Int(index)) }

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

  func text(in range: Range<Int>) -> String { String(decoding: buffer[range], as: UTF8.self) }

  // MARK: Changes

  /// - Parameter pushes: what begins at the place where text is inserted moves behind it.
  mutating func splice(_ range: Range<Int>, _ text: [UInt8], pushes: Bool = false) {
    buffer.replace(range, with: text)
    spans.follow(range, replacedBy: text.count, pushes: pushes)
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
}
