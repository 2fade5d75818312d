internal import LosslessJSON

/// Which requests a route is for; everything that is given must hold.
public struct RouteMatch: Hashable, Sendable {
  public enum Path: Hashable, Sendable {
    /// Requests whose path begins so.
    case prefix(String)
    /// Requests to this path, whatever their query.
    case path(String)
    /// RE2, for the whole path without the query.
    case safeRegex(String)
    /// CONNECT requests, with which a client asks a forward proxy for a tunnel.
    case connect
  }

  public var path: Path
  public var headers: [HeaderMatcher] = []
  public var queryParameters: [QueryParameterMatcher] = []
  /// Whether only requests with the content type of gRPC match.
  public var isGRPC = false
  /// Only requests on connections for which a ``DestinationCluster`` noted this name.
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

/// What a parameter in the query string of a request must be like.
public struct QueryParameterMatcher: Hashable, Sendable {
  public var name: String
  /// `nil`: anything, if the parameter is there.
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
