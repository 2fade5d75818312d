internal import LosslessJSON

/// The routes for requests to some host names.
public struct VirtualHost: Hashable, Sendable {
  public var name: String
  /// Host names, with a port unless ``HTTPConnectionManager/ignoresPortInHost`` is set. `*` alone matches every
  /// name that no other virtual host has. At the beginning of a name, it stands for any characters.
  public var domains: [String]
  /// Envoy takes the first route that matches.
  public var routes: [Route]
  public var requestHeadersToRemove: [String] = []

  public init(name: String, domains: [String], routes: [Route]) {
    self.name = name
    self.domains = domains
    self.routes = routes
  }

  var json: JSONValue {
    .fields([
      "name": .string(name),
      "domains": .strings(domains),
      "routes": .array(routes.map(\.json)),
      "request_headers_to_remove": requestHeadersToRemove.ifNotEmpty(JSONValue.strings),
    ])
  }
}

/// Sends matching requests to a cluster, and limits how long they may take.
public struct Route: Hashable, Sendable {
  public enum Target: Hashable, Sendable {
    case cluster(String)
    /// - Parameter runtimePrefix: see ``LiveRuntime/Route``. `nil` means that the weights are fixed.
    case weightedClusters([WeightedCluster], runtimePrefix: String? = nil)
  }

  public enum Timeout: Hashable, Sendable {
    /// No limit: as long as the client waits.
    case none
    /// The time from the end of the request to the end of the response.
    case response(Duration)
    /// The value of the client's `grpc-timeout` header. Without that header, as long as the client waits.
    case grpcHeader
  }

  public var match: RouteMatch
  public var target: Target
  public var timeout: Timeout
  /// How long a stream may be silent. Zero means no limit, and `nil` means
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
      case .weightedClusters(let clusters, let prefix): WeightedCluster.member(clusters, prefix)
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

/// A cluster that gets a share of requests or connections.
public struct WeightedCluster: Hashable, Sendable {
  public var name: String
  /// Relative to the other weights. The sum must not be zero.
  public var weight: Int

  public init(_ name: String, weight: Int) {
    self.name = name
    self.weight = weight
  }

  var json: JSONValue { ["name": .string(name), "weight": .integer(weight)] }

  /// The member of a route or of a TCP proxy that names the destination.
  static func member(
    _ clusters: [WeightedCluster], _ runtimePrefix: String? = nil
  ) -> JSONValue.Member {
    .init(
      "weighted_clusters",
      .fields([
        "clusters": .array(clusters.map(\.json)),
        "runtime_key_prefix": runtimePrefix.map { .string($0) },
      ]))
  }
}

/// Changes to a request before it is sent on.
public struct RequestRewrite: Hashable, Sendable {
  public enum Path: Hashable, Sendable {
    /// Replaces the part that ``RouteMatch/Path/prefix(_:)`` matched.
    case prefix(String)
    /// Replaces the whole path, and keeps the query.
    case whole(String)
  }

  public var path: Path?
  /// The new value of `Host` or `:authority`.
  public var hostLiteral: String?
  /// Headers to set. Existing values are overwritten.
  public var headers: [Header] = []
  public var headersToRemove: [String] = []

  public struct Header: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public init() {}

  /// The members of the route's action.
  var actionMembers: [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    switch path {
    case .prefix(let text): members.append(.init("prefix_rewrite", .string(text)))
    case .whole(let text): members.append(.init("regex_rewrite", Self.replaceAll(with: text)))
    case nil: break
    }
    if let hostLiteral { members.append(.init("host_rewrite_literal", .string(hostLiteral))) }
    return members
  }

  /// The members of the route itself.
  var routeMembers: [JSONValue.Member] {
    JSONValue.fields([
      "request_headers_to_add": headers.ifNotEmpty { .array($0.map(Self.setting)) },
      "request_headers_to_remove": headersToRemove.ifNotEmpty(JSONValue.strings),
    ]).object ?? []
  }

  private static func replaceAll(with text: String) -> JSONValue {
    // In a substitution, a backslash introduces the number of a group, so literal ones are doubled.
    let substitution = text.split(separator: #"\"#, omittingEmptySubsequences: false)
      .joined(separator: #"\\"#)
    return ["pattern": ["regex": "^/.*$"], "substitution": .string(substitution)]
  }

  private static func setting(_ header: Header) -> JSONValue {
    // In a header value, percent signs enclose command operators, so literal ones are doubled.
    let value = header.value.split(separator: "%", omittingEmptySubsequences: false)
      .joined(separator: "%%")
    return [
      "header": ["key": .string(header.name), "value": .string(value)],
      "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
    ]
  }
}
