internal import LosslessJSON

/// Selects requests. All conditions that are set must hold.
public struct RouteMatch: Hashable, Sendable {
  public enum Path: Hashable, Sendable {
    /// Requests whose path begins with this text.
    case prefix(String)
    /// Requests to this path, with any query.
    case path(String)
    /// An RE2 expression for the whole path without the query.
    case safeRegex(String)
    /// CONNECT requests, which ask a forward proxy for a tunnel.
    case connect
  }

  public var path: Path
  public var headers: [HeaderMatcher] = []
  public var queryParameters: [QueryParameterMatcher] = []
  /// Whether only requests with a gRPC content type match.
  public var isGRPC = false
  /// Matches only requests on connections for which a ``DestinationCluster`` recorded this name.
  public var destinationCluster: String?

  public init(_ path: Path) { self.path = path }

  public static func prefix(_ prefix: String) -> RouteMatch { .init(.prefix(prefix)) }

  func to(destinationCluster name: String) -> RouteMatch {
    var match = self
    match.destinationCluster = name
    return match
  }

  public static let connect = RouteMatch(.connect)

  var json: JSONValue {
    let others = JSONValue.fields([
      "headers": headers.ifNotEmpty { .array($0.map(\.json)) },
      "query_parameters": queryParameters.ifNotEmpty { .array($0.map(\.json)) },
      "grpc": isGRPC ? [:] : nil,
      "filter_state": destinationCluster.map { name in
        [["key": .string(DestinationCluster.key), "string_match": ["exact": .string(name)]]]
      },
    ])
    return .object([pathMember] + (others.object ?? []))
  }

  private var pathMember: JSONValue.Member {
    switch path {
    case .prefix(let prefix): .init("prefix", .string(prefix))
    case .path(let path): .init("path", .string(path))
    case .safeRegex(let regex): .init("safe_regex", ["regex": .string(regex)])
    case .connect: .init("connect_matcher", [:])
    }
  }
}

/// A condition on a request header.
public struct HeaderMatcher: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    case string(StringMatcher)
    /// A whole number from `start` up to, but not including, `end`.
    case range(start: Int, end: Int)
    /// The header is present, with any value.
    case present
  }

  /// `:method`, `:scheme` and `:authority` are headers too.
  public var name: String
  public var value: Value
  /// Whether to match requests that do not meet the condition.
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

/// A condition on a parameter of the query string.
public struct QueryParameterMatcher: Hashable, Sendable {
  public var name: String
  /// If `nil`, the parameter must be present, with any value.
  public var value: StringMatcher?

  public init(_ name: String, _ value: StringMatcher? = nil) {
    self.name = name
    self.value = value
  }

  var json: JSONValue {
    .fields([
      "name": .string(name),
      "string_match": value?.json,
      "present_match": value == nil ? true : nil,
    ])
  }
}

/// A condition on a text.
public enum StringMatcher: Hashable, Sendable {
  case exact(String)
  case prefix(String)
  case suffix(String)
  /// An RE2 expression for the whole text.
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
