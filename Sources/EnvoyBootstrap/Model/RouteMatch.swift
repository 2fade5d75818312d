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

  public static func destinationCluster(_ name: String) -> RouteMatch {
    var match = RouteMatch.prefix("/")
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
