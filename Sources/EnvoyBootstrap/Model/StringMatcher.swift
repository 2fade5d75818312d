internal import LosslessJSON

/// What a text must be like.
public enum StringMatcher: Hashable, Sendable {
  case exact(String)
  case prefix(String)
  case suffix(String)
  /// RE2, for the whole text.
  case safeRegex(String)

  var json: JSONValue {
    switch self {
    case .exact(let text): ["exact": .string(text)]
    case .prefix(let text): ["prefix": .string(text)]
    case .suffix(let text): ["suffix": .string(text)]
    case .safeRegex(let regex): ["safe_regex": ["regex": .string(regex)]]
    }
  }
}
