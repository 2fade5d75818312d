internal import LosslessJSON

/// Handles HTTP/1 and HTTP/2, whichever the client uses.
public struct HTTPConnectionManager: Hashable, Sendable {
  /// How Envoy treats `x-forwarded-for` and related headers.
  public enum ForwardedFor: Hashable, Sendable {
    case untouched
    /// Envoy appends the client's address and changes nothing else.
    case appended
    /// Envoy appends the client's address. It trusts this number of proxies in front of it to report the
    /// client's address and protocol, and replaces what other clients claim.
    case judged(trustedHops: Int)
  }

  /// Turns `/a/../b` and `/a//b` into `/b` and `/a/b`. The case decides about escaped slashes.
  public enum PathNormalization: String, Hashable, Sendable {
    case keepingEscapedSlashes = "KEEP_UNCHANGED"
    /// Redirects clients to the path with plain slashes, as Envoy's guide for edge proxies recommends.
    case redirectingEscapedSlashes = "UNESCAPE_AND_REDIRECT"
  }

  public var statPrefix: String
  public var virtualHosts: [VirtualHost]
  public var tracing: TracingProvider?
  public var accessLogs: [AccessLog]
  /// The name of the route table. It is only visible in the dump of the configuration.
  public var routeConfigName: String?
  /// Whether `Host: web:8080` is treated as `web`.
  public var ignoresPortInHost: Bool
  /// Envoy answers requests to this path itself: 200, or 503 while it drains.
  public var healthCheckPath: String?
  /// Protocols that clients can switch to, besides tunnels of `CONNECT`.
  public var upgrades = ["websocket", "tcp", "SPDY/3.1", "h2c"]
  public var forwardedFor = ForwardedFor.untouched
  /// Whether requests and responses show no sign of Envoy: the `server` header is unchanged, there are no
  /// `x-envoy-…` headers, and only traced requests get a request id.
  public var isTransparent = false
  /// If `nil`, paths are unchanged, which is right unless access control depends on the path. Changing a
  /// path breaks signed requests.
  public var pathNormalization: PathNormalization?
  /// Whether Envoy rejects requests with an underscore in a header name. Some servers read it as a hyphen,
  /// and so see a header that Envoy did not.
  public var refusesUnderscores = false
  /// Whether Envoy accepts HTTP/1.0, which nginx uses for its upstreams by default, or rejects it (426).
  public var acceptsHTTP10 = true
  /// Whether the server, not Envoy, answers `Expect: 100-continue`.
  public var proxies100Continue = true
  /// How long a stream may be silent in both directions. `nil` means Envoy's default of five minutes, which
  /// breaks long polls and idle streams. Zero, the default here, means no limit: whether a silent stream
  /// is too old is for the application to decide.
  public var streamIdleTimeout: Duration? = .zero
  /// How long a connection may stay open without requests. `nil` means Envoy's default of one hour.
  public var idleTimeout: Duration? = .zero
  /// How long the headers of a request may take from their first byte. A client that sends half of them
  /// and then waits occupies memory.
  public var requestHeadersTimeout = Duration.seconds(60)

  public init(
    statPrefix: String, virtualHosts: [VirtualHost], tracing: TracingProvider? = nil,
    accessLogs: [AccessLog] = []
  ) {
    self.statPrefix = statPrefix
    self.virtualHosts = virtualHosts
    self.tracing = tracing
    self.accessLogs = accessLogs
    ignoresPortInHost = virtualHosts.count > 1
  }

  var json: JSONValue {
    .typedExtension(
      "http_connection_manager",
      .message(
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        [
          "stat_prefix": .string(statPrefix),
          "route_config": routeConfiguration,
          "http_filters": .array(httpFilters),
          "access_log": accessLogs.ifNotEmpty { .array($0.map(\.json)) },
          "tracing": tracing?.json,
          "common_http_protocol_options": .fields([
            "idle_timeout": idleTimeout.map { .duration($0) },
            "max_headers_count": .integer(ProtocolOptions.maxHeaders),
            "headers_with_underscores_action": refusesUnderscores ? "REJECT_REQUEST" : nil,
          ]),
          "max_request_headers_kb": .integer(ProtocolOptions.maxHeadersKiB),
          "http_protocol_options": ProtocolOptions.http1Server(acceptsHTTP10: acceptsHTTP10),
          "http2_protocol_options": ProtocolOptions.http2Server,
          "upgrade_configs": allUpgrades.ifNotEmpty {
            .array($0.map { ["upgrade_type": .string($0)] })
          },
          "stream_idle_timeout": streamIdleTimeout.map { .duration($0) },
          "request_headers_timeout": .duration(requestHeadersTimeout),
          "proxy_100_continue": proxies100Continue ? true : nil,
          "normalize_path": pathNormalization.map { _ in true },
          "merge_slashes": pathNormalization.map { _ in true },
          "path_with_escaped_slashes_action": pathNormalization.map { .string($0.rawValue) },
          "server_header_transformation": isTransparent ? "PASS_THROUGH" : nil,
          "generate_request_id": isTransparent && tracing == nil ? false : nil,
          "use_remote_address": trustedHops.map { _ in true },
          "xff_num_trusted_hops": trustedHops.flatMap { $0 == 0 ? nil : .integer($0) },
        ]))
  }

  private var trustedHops: Int? {
    guard case .judged(let hops) = forwardedFor else { return nil }
    return hops
  }

  /// Allows CONNECT only if a route matches it. Otherwise Envoy would answer instead of the application.
  private var allUpgrades: [String] {
    let connects = virtualHosts.contains { $0.routes.contains { $0.match.path == .connect } }
    return upgrades + (connects ? ["CONNECT"] : [])
  }

  private var routeConfiguration: JSONValue {
    .fields([
      "name": routeConfigName.map { .string($0) },
      "virtual_hosts": .array(virtualHosts.map(\.json)),
      "ignore_port_in_host_matching": ignoresPortInHost ? true : nil,
      "request_headers_to_add": forwardedFor == .appended ? [Self.forwardedForHeader] : nil,
    ])
  }

  /// Uses the address of the connection. The other variable is the address according to `x-forwarded-for`.
  private static let forwardedForHeader: JSONValue = [
    "header": [
      "key": "x-forwarded-for", "value": "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%",
    ]
  ]

  private var httpFilters: [JSONValue] {
    let router = JSONValue.typedExtension(
      "router",
      .message(
        "envoy.extensions.filters.http.router.v3.Router",
        ["suppress_envoy_headers": isTransparent ? true : nil]))
    return (healthCheckPath.map { [Self.healthCheck($0)] } ?? []) + [router]
  }

  private static func healthCheck(_ path: String) -> JSONValue {
    .typedExtension(
      "health_check",
      .message(
        "envoy.extensions.filters.http.health_check.v3.HealthCheck",
        [
          "pass_through_mode": false,
          "headers": [["name": ":path", "string_match": ["exact": .string(path)]]],
        ]))
  }
}
