/// Suggests a word for a misspelled one.
enum Spelling {
  /// The word with the fewest edits from `text`, if they are few enough to be a slip.
  static func closest(to text: String, among words: [String]) -> String? {
    let ranked = words.map { (word: $0, distance: distance(Array(text.utf8), Array($0.utf8))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }),
      best.distance <= max(1, text.utf8.count / 3)
    else { return nil }
    return best.word
  }

  /// The Levenshtein distance: insertions, deletions and replacements of bytes.
  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var row = Array(0...other.count)
    for (index, byte) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, target) in other.enumerated() {
        let replaced = diagonal + (byte == target ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[other.count]
  }
}
