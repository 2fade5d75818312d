internal import LosslessJSON

/// What a header of a request must be like.
public struct HeaderMatcher: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    case string(StringMatcher)
    /// Whole numbers from `start` up to but without `end`.
    case range(start: Int, end: Int)
    /// Anything, if the header is there.
    case present
  }

  /// `:method`, `:scheme` and `:authority` count as headers.
  public var name: String
  public var value: Value
  /// Whether the header must not match.
  public var invertMatch: Bool

  public init(_ name: String, _ value: Value, invertMatch: Bool = false) {
    self.name = name
    self.value = value
    self.invertMatch = invertMatch
  }

  var json: JSONValue {
    let match: JSONValue.Member =
      switch value {
      case .string(let matcher): .init("string_match", matcher.json)
      case .range(let start, let end):
        .init("range_match", ["start": .integer(start), "end": .integer(end)])
      case .present: .init("present_match", true)
      }
    return .object(
      [.init("name", .string(name)), match]
        + (invertMatch ? [.init("invert_match", true)] : []))
  }
}
