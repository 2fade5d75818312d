/// The difference of two texts in the format of `diff -u` and `patch`.
/// <https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html>
struct UnifiedDiff {
  /// The number of unchanged lines around a change.
  private static let context = 3

  private struct Line {
    var sign: UInt8
    /// The number of lines of the old and of the new text before this one.
    var oldIndex: Int
    var newIndex: Int
  }

  private let old: DiffLines
  private let new: DiffLines
  private let lines: [Line]

  init(from old: [UInt8], to new: [UInt8]) {
    self.old = DiffLines(old)
    self.new = DiffLines(new)
    let difference = LineDifference(from: self.old, to: self.new)
    var lines: [Line] = []
    var (oldIndex, newIndex) = (0, 0)
    while oldIndex < self.old.count || newIndex < self.new.count {
      let isRemoved = oldIndex < self.old.count && difference.isRemoved[oldIndex]
      let isInserted = !isRemoved && newIndex < self.new.count && difference.isInserted[newIndex]
      let sign = UInt8(ascii: isRemoved ? "-" : isInserted ? "+" : " ")
      lines.append(Line(sign: sign, oldIndex: oldIndex, newIndex: newIndex))
      if !isInserted { oldIndex += 1 }
      if !isRemoved { newIndex += 1 }
    }
    self.lines = lines
  }

  /// - Parameter name: the document's name for the lines `---` and `+++`.
  /// - Returns: an empty array if the texts are equal.
  func text(name: String) -> [UInt8] {
    let hunks = self.hunks
    guard !hunks.isEmpty else { return [] }
    let name = Printable.line(name)
    var output = Array("--- \(name)\n+++ \(name)\n".utf8)
    for hunk in hunks {
      output += header(of: hunk).utf8
      for line in lines[hunk] {
        let isInserted = line.sign == UInt8(ascii: "+")
        let text = isInserted ? new[line.newIndex] : old[line.oldIndex]
        output.append(line.sign)
        output += text
        if text.last != UInt8(ascii: "\n") {
          output += "\n\\ No newline at end of file\n".utf8
        }
      }
    }
    return output
  }

  /// Changes with their context, joined where contexts meet.
  private var hunks: [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, line) in lines.enumerated() where line.sign != UInt8(ascii: " ") {
      let range = max(0, index - Self.context)..<min(lines.count, index + Self.context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private func header(of hunk: Range<Int>) -> String {
    let first = lines[hunk.lowerBound]
    let oldCount = lines[hunk].count { $0.sign != UInt8(ascii: "+") }
    let newCount = lines[hunk].count { $0.sign != UInt8(ascii: "-") }
    // An empty range is after the line before it.
    let oldStart = first.oldIndex + (oldCount == 0 ? 0 : 1)
    let newStart = first.newIndex + (newCount == 0 ? 0 : 1)
    return "@@ -\(Self.range(oldStart, oldCount)) +\(Self.range(newStart, newCount)) @@\n"
  }

  /// The range of a hunk. A range of one line is only its number.
  private static func range(_ start: Int, _ count: Int) -> String {
    count == 1 ? String(start) : "\(start),\(count)"
  }
}
