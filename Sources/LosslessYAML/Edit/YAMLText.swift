internal import LosslessJSON

/// A YAML text that follows the edits of a ``Document``.
///
/// How edits change the text:
/// - A child is inserted on its own lines, directly behind the line on which the previous child ends.
///   Comments and blank lines below that line belong to the next child. A new first child moves the
///   former one to the next line.
/// - A child is removed with its lines from its dash or key on, and the comment behind it. Comments
///   above it stay.
/// - A value is replaced between its dash or colon and its end. Comments around it stay, but its own
///   lines are removed.
/// - A collection without children is `[]` or `{}` behind the dash or colon.
/// - Collections in brackets are edited inside them, if they are on one line.
///
/// Each edit is the exact inverse of its opposite.
struct YAMLText: SourceText {
  private(set) var buffer: GapBuffer
  private var spans: SpanTable
  /// A problem that prevents every edit; `nil` if there is none.
  let barrier: Problem?
  let indentation: Indentation
  /// Whether directives before the document define what tags mean.
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
    return text(in: slot.sameLine) + text(in: slot.linesBelow)
  }

  // MARK: Places

  func span(_ node: NodeID) -> Span? {
    Int(node.index) < spans.count ? spans[Int(node.index)] : nil
  }

  subscript(_ index: UInt32) -> Span { spans[Int(index)] }

  mutating func set(_ span: Span, of index: UInt32) { spans.set(span, at: Int(index)) }

  /// The end of a value, without the comment behind it.
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

  /// - Parameter pushes: whether values that begin at the place of the insertion move behind it.
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
