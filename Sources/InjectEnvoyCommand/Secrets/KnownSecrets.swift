import TaskDefinitions

/// The secrets that were found. It hides them in other texts.
struct KnownSecrets: Sendable {
  enum Mark: String {
    /// The input contains the secret.
    case known = "***"
    /// The command adds the secret.
    case new = "*** (new)"
  }

  /// Length in bytes. A shorter secret is hidden only if it is a whole value, because other texts contain it by
  /// chance.
  private static let minimumPart = 4
  /// Values of a switch such as `USE_TOKEN`, which are not secrets.
  private static let plainWords: Set<String> = ["", "true", "false"]

  private var marks: [String: Mark] = [:]
  /// The lengths in bytes of the secrets that are hidden inside other texts, longest first, keyed by the first
  /// bytes of the secrets.
  private var lengths: [UInt32: [Int]] = [:]
  /// Whether one of ``lengths`` begins with two bytes, indexed by them; empty if there are none. A table,
  /// because every byte of every text is looked up.
  private var canBegin: [Bool] = []

  var isEmpty: Bool { marks.isEmpty }

  /// - Parameter text: a secret. If it is already known, its mark does not change.
  mutating func add(_ text: String, _ mark: Mark) {
    // An ARN or a dynamic reference names a secret, but is not one.
    let isReference = text.hasPrefix("arn:") || text.hasPrefix("{{resolve:")
    guard !Self.plainWords.contains(text), !isReference, marks[text] == nil else { return }
    marks[text] = mark
    let length = text.utf8.count
    guard length >= Self.minimumPart else { return }
    if canBegin.isEmpty { canBegin = [Bool](repeating: false, count: 1 << 16) }
    canBegin[Int(Self.beginning(of: text.utf8.prefix(2)))] = true
    let beginning = Self.beginning(of: text.utf8.prefix(Self.minimumPart))
    let others = lengths[beginning, default: []]
    guard !others.contains(length) else { return }
    lengths[beginning] = (others + [length]).sorted(by: >)
  }

  /// - Returns: the replacement of a secret; `nil` if the text is not a known secret.
  func mark(_ text: String) -> String? { marks[text]?.rawValue }

  /// Whether ``masked(_:)`` may change a text. A quick test.
  func mayOccur(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !marks.isEmpty, text.count >= Self.minimumPart else { return !marks.isEmpty }
    guard !canBegin.isEmpty else { return false }
    return zip(text, text.dropFirst()).contains { canBegin[Int($0) << 8 | Int($1)] }
  }

  /// A text with its secrets hidden. Overlapping secrets are hidden as one.
  func masked(_ text: String) -> String {
    if let mark = mark(text) { return mark }
    guard !lengths.isEmpty else { return text }
    let bytes = Array(text.utf8)
    let places = places(in: bytes)
    if places.isEmpty { return text }
    var masked: [UInt8] = []
    var rest = 0
    for (place, mark) in places {
      masked += bytes[rest..<place.lowerBound]
      masked += mark.rawValue.utf8
      rest = place.upperBound
    }
    return String(decoding: masked + bytes[rest...], as: UTF8.self)
  }

  private func places(in text: [UInt8]) -> [(range: Range<Int>, mark: Mark)] {
    var places: [(range: Range<Int>, mark: Mark)] = []
    for start in text.indices.dropLast(Self.minimumPart - 1) {
      guard canBegin[Int(text[start]) << 8 | Int(text[start + 1])],
        let (length, mark) = longest(in: text[start...])
      else { continue }
      let range = start..<start + length
      if let last = places.last?.range, last.overlaps(range) {
        places[places.count - 1].range = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        places.append((range, mark))
      }
    }
    return places
  }

  /// The longest secret that the text begins with.
  private func longest(in text: ArraySlice<UInt8>) -> (length: Int, Mark)? {
    for length in lengths[Self.beginning(of: text.prefix(Self.minimumPart))] ?? [] {
      let mark = marks[String(decoding: text.prefix(length), as: UTF8.self)]
      if let mark, length <= text.count { return (length, mark) }
    }
    return nil
  }

  private static func beginning(of bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
