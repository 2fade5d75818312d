/// The lines that are removed and inserted between two texts.
///
/// For short texts the number of changes is minimal, which takes time quadratic in that number. Long
/// texts are first split at lines that occur once in each text, so that the time stays near-linear.
struct LineDifference {
  /// Tells which of the old lines are removed.
  private(set) var isRemoved: [Bool]
  /// Tells which of the new lines are inserted.
  private(set) var isInserted: [Bool]

  /// The number of lines in both texts up to which the minimal changes are computed.
  private static let exactLimit = 2000

  /// A number for each line. Equal lines have equal numbers, which are compared faster.
  private let old: [Int]
  private let new: [Int]

  init<Lines: Collection<ArraySlice<UInt8>>>(from old: Lines, to new: Lines) {
    var numbers = LineNumbers()
    self.old = old.map { numbers.number(of: $0) }
    self.new = new.map { numbers.number(of: $0) }
    isRemoved = [Bool](repeating: false, count: old.count)
    isInserted = [Bool](repeating: false, count: new.count)
    var open = [(self.old.indices, self.new.indices)]
    while let (left, right) = open.popLast() { open += compare(left, right) }
  }

  /// - Returns: the parts that are left to compare.
  private mutating func compare(
    _ left: Range<Int>, _ right: Range<Int>
  ) -> [(Range<Int>, Range<Int>)] {
    var (left, right) = (left, right)
    while let one = left.first, let other = right.first, old[one] == new[other] {
      (left, right) = (left.dropFirst(), right.dropFirst())
    }
    while let one = left.last, let other = right.last, old[one] == new[other] {
      (left, right) = (left.dropLast(), right.dropLast())
    }
    if left.isEmpty || right.isEmpty {
      for index in left { isRemoved[index] = true }
      for index in right { isInserted[index] = true }
      return []
    }
    let anchors = left.count + right.count > Self.exactLimit ? anchors(left, right) : []
    guard !anchors.isEmpty else {
      compareExactly(left, right)
      return []
    }
    let ends = anchors + [(left.upperBound, right.upperBound)]
    var parts: [(Range<Int>, Range<Int>)] = []
    var (one, other) = (left.lowerBound, right.lowerBound)
    for end in ends {
      parts.append((one..<end.0, other..<end.1))
      (one, other) = (end.0 + 1, end.1 + 1)
    }
    return parts
  }

  private mutating func compareExactly(_ left: Range<Int>, _ right: Range<Int>) {
    // The comparison takes long for a line that only one side has, and such a line is always a change.
    let shared = Set(old[left]).intersection(new[right])
    for index in left where !shared.contains(old[index]) { isRemoved[index] = true }
    for index in right where !shared.contains(new[index]) { isInserted[index] = true }
    let ones = left.filter { shared.contains(old[$0]) }
    let others = right.filter { shared.contains(new[$0]) }
    for change in others.map({ new[$0] }).difference(from: ones.map { old[$0] }) {
      switch change {
      case .remove(let offset, _, _): isRemoved[ones[offset]] = true
      case .insert(let offset, _, _): isInserted[others[offset]] = true
      }
    }
  }

  /// The longest sequence of lines that occur once on each side and in the same order on both.
  private func anchors(_ left: Range<Int>, _ right: Range<Int>) -> [(Int, Int)] {
    let ones = Self.unique(old, left)
    let others = Self.unique(new, right)
    let pairs = left.compactMap { index -> (Int, Int)? in
      guard ones[old[index]] == .some(.some(index)), case let place?? = others[old[index]] else {
        return nil
      }
      return (index, place)
    }
    // For each length of a sequence, the last pair of the best sequence of that length.
    var ends: [Int] = []
    var previous = [Int?](repeating: nil, count: pairs.count)
    for (number, pair) in pairs.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].1 < pair.1 { low = middle + 1 } else { high = middle }
      }
      previous[number] = low > 0 ? ends[low - 1] : nil
      if low == ends.count { ends.append(number) } else { ends[low] = number }
    }
    var sequence: [(Int, Int)] = []
    var next = ends.last
    while let number = next {
      sequence.append(pairs[number])
      next = previous[number]
    }
    return sequence.reversed()
  }

  /// The index of each line; `nil` for a line that occurs more than once.
  private static func unique(_ lines: [Int], _ range: Range<Int>) -> [Int: Int?] {
    Dictionary(range.map { (lines[$0], Optional($0)) }) { _, _ in nil }
  }
}

/// Numbers the different lines of texts.
private struct LineNumbers {
  private struct Line: Hashable {
    let text: ArraySlice<UInt8>

    static func == (left: Line, right: Line) -> Bool { left.text == right.text }

    func hash(into hasher: inout Hasher) { text.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }

  private var numbers: [Line: Int] = [:]

  mutating func number(of text: ArraySlice<UInt8>) -> Int {
    let next = numbers.count
    return { (number: inout Int) in number }(&numbers[Line(text: text), default: next])
  }
}
