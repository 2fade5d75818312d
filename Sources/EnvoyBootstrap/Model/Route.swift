internal import LosslessJSON

/// Which requests go to which cluster, and how long they may take.
public struct Route: Hashable, Sendable {
  public enum Target: Hashable, Sendable {
    case cluster(String)
    case weightedClusters([WeightedCluster])
  }

  public enum Timeout: Hashable, Sendable {
    /// As long as the client waits.
    case none
    /// From the end of the request to the end of the response.
    case response(Duration)
    /// What the client says in `grpc-timeout`; without it, as long as the client waits.
    case grpcHeader
  }

  public var match: RouteMatch
  public var target: Target
  public var timeout: Timeout
  /// How long nothing may be sent in either direction, zero: without limit; `nil`: as long as
  /// ``HTTPConnectionManager/streamIdleTimeout``.
  public var idleTimeout: Duration?
  public var rewrite = RequestRewrite()
  public var retryPolicy: RetryPolicy?

  public init(
    _ match: RouteMatch = .prefix("/"),
    to target: Target,
    timeout: Timeout = .none,
    idleTimeout: Duration? = nil,
    retryPolicy: RetryPolicy? = nil
  ) {
    self.match = match
    self.target = target
    self.timeout = timeout
    self.idleTimeout = idleTimeout
    self.retryPolicy = retryPolicy
  }

  var json: JSONValue {
    .object([.init("match", match.json), .init("route", action)] + rewrite.routeMembers)
  }

  private var action: JSONValue {
    let targetMember: JSONValue.Member =
      switch target {
      case .cluster(let name): .init("cluster", .string(name))
      case .weightedClusters(let clusters): WeightedCluster.member(clusters)
      }
    var timeoutJSON = JSONValue.duration(.zero)
    if case .response(let limit) = timeout { timeoutJSON = .duration(limit) }
    let times = JSONValue.fields([
      "timeout": timeoutJSON,
      "idle_timeout": idleTimeout.map { .duration($0) },
      "max_stream_duration": timeout == .grpcHeader
        ? ["grpc_timeout_header_max": .duration(.zero)] : nil,
      "retry_policy": retryPolicy?.json,
    ])
    return .object([targetMember] + rewrite.actionMembers + (times.object ?? []))
  }
}
