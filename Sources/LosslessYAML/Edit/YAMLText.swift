internal import LosslessJSON

/// A YAML text that is kept in step with the edits of a ``Document``.
///
/// How edits change the text:
/// - A child is inserted on its own lines, directly after the line on which the previous child ends.
/// Comments and blank lines below that line belong to the next child. A new first child moves the
/// former one to the next line.
/// - A child is removed with its lines, starting with its dash or key, and with the comment after it.
/// Comments above it remain.
/// - A value is replaced between its dash or colon and its end. Comments around it remain, but its own
/// lines are removed.
/// - A collection without children is `[]` or `{}` after the dash or colon.
/// - Collections in brackets are edited inside the brackets, if they are on one line.
///
/// Adding and removing a value are exact inverses.
struct YAMLText: SourceText {
  private(set) var buffer: GapBuffer
  private var spans: SpanTable
  /// A problem that prevents every edit, or `nil` if there is none.
  let barrier: Problem?
  let repetitions: Tape.Repetitions
  let indentation: Indentation
  /// Whether directives before the document define the meaning of tags.
  let hasDirectives: Bool

  init(_ bytes: [UInt8], _ tape: Tape, _ document: Document) {
    buffer = GapBuffer(bytes)
    spans = SpanTable(tape.spans)
    barrier = Self.barrier(bytes, tape)
    repetitions = tape.repetitions
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
    return text(in: slot.sameLine) + text(in: slot.linesBelow)
  }

  // MARK: Places

  func span(_ node: NodeID) -> Span? {
    Int(node.index) < spans.count ? spans[Int(node.index)] : nil
  }

  subscript(_ index: UInt32) -> Span { spans[Int(index)] }

  mutating func set(_ span: Span, of index: UInt32) { spans.set(span, at: Int(index)) }

  /// The end of a value, without the comment after it.
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

  /// The offset of a child's dash or key.
  func item(_ child: Child) -> Int { self[child.name ?? child.value].item }

  func text(in range: Range<Int>) -> String { String(decoding: buffer[range], as: UTF8.self) }

  // MARK: Changes

  /// - Parameter pushes: whether values that begin at the place of the insertion move after it.
  mutating func splice(_ range: Range<Int>, _ text: [UInt8], pushes: Bool = false) {
    buffer.replace(range, with: text)
    spans.follow(range, replacedBy: text.count, pushes: pushes)
  }

  /// Inserts the output of an emitter.
  mutating func insert(
    _ emitter: Emitter, at place: Int, before: String = "", after: String = "",
    pushes: Bool = false
  ) {
    let before = Array(before.utf8)
    splice(place..<place, before + emitter.output + after.utf8, pushes: pushes)
    for (node, span) in emitter.spans { set(span.moved(by: place + before.count), of: node) }
  }
}
