internal import LosslessJSON

/// Which requests go to which cluster, and how long they may take.
public struct Route: Hashable, Sendable {
  public enum Match: Hashable, Sendable {
    /// Requests whose path begins so.
    case prefix(String)
    /// Requests on connections for which a ``DestinationCluster`` noted this name.
    case destinationCluster(String)
    /// CONNECT requests, with which a client asks a forward proxy for a tunnel.
    case connect
  }

  public enum Target: Hashable, Sendable {
    case cluster(String)
  }

  public enum Timeout: Hashable, Sendable {
    /// As long as the client waits.
    case none
    /// From the end of the request to the end of the response.
    case response(Duration)
    /// What the client says in `grpc-timeout`; without it, as long as the client waits.
    case grpcHeader
  }

  public var match: Match
  public var target: Target
  public var timeout: Timeout
  public var retryPolicy: RetryPolicy?

  public init(
    _ match: Match = .prefix("/"),
    to target: Target,
    timeout: Timeout = .none,
    retryPolicy: RetryPolicy? = nil
  ) {
    self.match = match
    self.target = target
    self.timeout = timeout
    self.retryPolicy = retryPolicy
  }

  var json: JSONValue { ["match": matchJSON, "route": action] }

  private var matchJSON: JSONValue {
    switch match {
    case .prefix(let prefix): ["prefix": .string(prefix)]
    case .destinationCluster(let name):
      [
        "prefix": "/",
        "filter_state": [
          ["key": .string(DestinationCluster.key), "string_match": ["exact": .string(name)]]
        ],
      ]
    case .connect: ["connect_matcher": [:]]
    }
  }

  private var action: JSONValue {
    let cluster: String
    switch target {
    case .cluster(let name): cluster = name
    }
    var timeoutJSON = JSONValue.duration(.zero)
    if case .response(let limit) = timeout { timeoutJSON = .duration(limit) }
    return .fields([
      "cluster": .string(cluster),
      "timeout": timeoutJSON,
      "max_stream_duration": timeout == .grpcHeader
        ? ["grpc_timeout_header_max": .duration(.zero)] : nil,
      "retry_policy": retryPolicy?.json,
    ])
  }
}
