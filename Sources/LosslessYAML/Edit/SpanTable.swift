/// The places of the values and names of a text, by node. Nodes after the last entry have no place.
///
/// A change of the text moves everything after it. Spans are grouped in blocks, and each block has one
/// offset for all of its spans, so that only the block in which the text changes is rewritten.
struct SpanTable: Sendable {
  private struct Block {
    /// The number that is added to all offsets in the block.
    var delta = 0
    /// Contains all offsets in the block.
    var bounds: ClosedRange<Int>
  }

  private static let blockSize = 256
  private static let none = Span(start: 0, end: 0, item: 0, indicator: 0, form: .leaf)

  private var spans: [Span]
  private var blocks: [Block] = []

  init(_ spans: [Span]) {
    self.spans = spans
    for start in stride(from: 0, to: spans.count, by: Self.blockSize) {
      let block = spans[start..<min(start + Self.blockSize, spans.count)]
      blocks.append(Block(bounds: Self.bounds(of: block)))
    }
  }

  var count: Int { spans.count }

  subscript(index: Int) -> Span { spans[index].moved(by: blocks[index / Self.blockSize].delta) }

  mutating func set(_ span: Span, at index: Int) {
    while spans.count <= index {
      if spans.count.isMultiple(of: Self.blockSize) { blocks.append(Block(bounds: 0...0)) }
      spans.append(Self.none)
    }
    let number = index / Self.blockSize
    let stored = span.moved(by: -blocks[number].delta)
    spans[index] = stored
    let (bounds, own) = (blocks[number].bounds, stored.bounds)
    blocks[number].bounds =
      min(bounds.lowerBound, own.lowerBound)...max(bounds.upperBound, own.upperBound)
  }

  /// Updates the places after a change of the text.
  ///
  /// - Parameters:
  ///   - range: the replaced range.
  ///   - count: the length of the replacement.
  /// - pushes: whether values that begin at the place of an insertion move after it.
  mutating func follow(_ range: Range<Int>, replacedBy count: Int, pushes: Bool) {
    let delta = count - range.count
    for number in blocks.indices {
      let (bounds, moved) = (blocks[number].bounds, blocks[number].delta)
      if bounds.upperBound + moved < range.lowerBound { continue }
      if bounds.lowerBound + moved > range.upperBound {
        blocks[number].delta += delta
      } else {
        follow(range, delta, pushes, inBlock: number)
      }
    }
  }

  private mutating func follow(
    _ range: Range<Int>, _ delta: Int, _ pushes: Bool, inBlock number: Int
  ) {
    func moved(_ offset: Int, pushes: Bool = false) -> Int {
      guard offset > range.lowerBound || pushes && offset == range.lowerBound else { return offset }
      return offset >= range.upperBound ? offset + delta : range.lowerBound
    }
    let start = number * Self.blockSize
    let indices = start..<min(start + Self.blockSize, spans.count)
    for index in indices {
      var span = spans[index].moved(by: blocks[number].delta)
      span.start = moved(span.start, pushes: pushes)
      span.item = moved(span.item, pushes: pushes)
      span.end = moved(span.end)
      span.indicator = moved(span.indicator)
      spans[index] = span
    }
    blocks[number] = Block(bounds: Self.bounds(of: spans[indices]))
  }

  private static func bounds(of spans: ArraySlice<Span>) -> ClosedRange<Int> {
    var (lower, upper) = (Int.max, 0)
    for span in spans {
      lower = min(lower, span.bounds.lowerBound)
      upper = max(upper, span.bounds.upperBound)
    }
    return min(lower, upper)...upper
  }
}

extension Span {
  fileprivate var bounds: ClosedRange<Int> {
    let first = min(min(start, end), min(item, indicator))
    return first...max(max(start, end), max(item, indicator))
  }

  func moved(by delta: Int) -> Span {
    var span = self
    span.start += delta
    span.end += delta
    span.item += delta
    span.indicator += delta
    return span
  }
}
