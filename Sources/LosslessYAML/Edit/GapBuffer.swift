/// A gap buffer: an array with unused space at the place of the last change. A change near that place
/// moves few bytes, and a series of changes from the beginning to the end moves each byte once.
struct GapBuffer: RandomAccessCollection, Sendable {
  private var storage: [UInt8]
  private var gap: Range<Int>

  init(_ bytes: [UInt8]) {
    storage = bytes
    gap = bytes.count..<bytes.count
  }

  var startIndex: Int { 0 }
  var endIndex: Int { storage.count - gap.count }

  subscript(position: Int) -> UInt8 {
    storage[position < gap.lowerBound ? position : position + gap.count]
  }

  /// The text as one contiguous array.
  var bytes: [UInt8] { Array(storage[..<gap.lowerBound] + storage[gap.upperBound...]) }

  mutating func replace(_ range: Range<Int>, with text: [UInt8]) {
    move(to: range.lowerBound)
    gap = gap.lowerBound..<gap.upperBound + range.count
    if gap.count < text.count { widen(to: text.count + storage.count / 8) }
    let start = gap.lowerBound
    storage.replaceSubrange(start..<start + text.count, with: text)
    gap = start + text.count..<gap.upperBound
  }

  private mutating func move(to place: Int) {
    let (start, end) = (gap.lowerBound, gap.upperBound)
    if place < start {
      copy(place..<start, to: end - (start - place))
    } else {
      copy(end..<end + (place - start), to: start)
    }
    gap = place..<place + gap.count
  }

  private mutating func copy(_ range: Range<Int>, to place: Int) {
    storage.withUnsafeMutableBufferPointer { storage in
      guard let start = storage.baseAddress else { return }
      (start + place).update(from: start + range.lowerBound, count: range.count)
    }
  }

  private mutating func widen(to count: Int) {
    let more = repeatElement(UInt8(0), count: count - gap.count)
    storage.insert(contentsOf: more, at: gap.upperBound)
    gap = gap.lowerBound..<gap.lowerBound + count
  }
}
