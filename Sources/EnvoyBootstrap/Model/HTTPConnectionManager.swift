internal import LosslessJSON

/// HTTP/1 and HTTP/2 on one connection, whichever the client speaks.
public struct HTTPConnectionManager: Hashable, Sendable {
  /// How Envoy treats `x-forwarded-for` and related headers.
  public enum ForwardedFor: Hashable, Sendable {
    case untouched
    /// The address of the client is appended, and nothing else changes.
    case appended
    /// The address of the client is appended. That many proxies before this one are believed about
    /// the client's address and protocol; what other clients say about themselves is replaced.
    case judged(trustedHops: Int)
  }

  /// What happens to `/a/../b` and `/a//b`, which become `/b` and `/a/b`, and to escaped slashes.
  public enum PathNormalization: String, Hashable, Sendable {
    case keepingEscapedSlashes = "KEEP_UNCHANGED"
    /// Clients are sent to the path with plain slashes, as Envoy's guide for edge proxies wants it.
    case redirectingEscapedSlashes = "UNESCAPE_AND_REDIRECT"
  }

  public var statPrefix: String
  public var virtualHosts: [VirtualHost]
  public var tracing: TracingProvider?
  public var accessLogs: [AccessLog]
  /// The name of the route table.
  public var routeConfigName: String
  /// Whether `Host: web:8080` is taken for `web`.
  public var ignoresPortInHost: Bool
  /// Requests to this path are answered by Envoy itself: 200, or 503 once it drains.
  public var healthCheckPath: String?
  public var forwardedFor = ForwardedFor.untouched
  /// Whether requests and responses are passed on without a trace of Envoy: the `server` header
  /// stays, no `x-envoy-…` headers, and a request id only where requests are traced.
  public var isTransparent = false
  /// `nil`: paths stay as they are, where nothing decides by path for safety. A changed path breaks
  /// signed requests.
  public var pathNormalization: PathNormalization?
  /// Whether requests with an underscore in the name of a header are refused: some servers read it
  /// as a hyphen, and so would find a header that Envoy did not see.
  public var refusesUnderscores = false
  /// Whether HTTP/1.0 is taken, which nginx speaks to its upstreams by default, or refused (426).
  public var acceptsHTTP10 = true
  /// Whether `100 Continue` is left to the server, or answered by Envoy.
  public var proxies100Continue = true
  /// How long nothing may be sent in either direction; `nil`: Envoy's own five minutes, which cut
  /// long polls and idle streams. By default there is no limit: a silent stream is the
  /// application's own business.
  public var streamIdleTimeout: Duration? = .zero
  /// How long a connection may stay without requests; `nil`: Envoy's own hour.
  public var idleTimeout: Duration? = .zero
  /// How long the head of a request may take from its first byte. A client that sends half of a head
  /// and waits holds memory.
  public var requestHeadersTimeout = Duration.seconds(60)

  public init(
    statPrefix: String, virtualHosts: [VirtualHost], tracing: TracingProvider? = nil,
    accessLogs: [AccessLog] = []
  ) {
    self.statPrefix = statPrefix
    self.virtualHosts = virtualHosts
    self.tracing = tracing
    self.accessLogs = accessLogs
    routeConfigName = statPrefix
    ignoresPortInHost = virtualHosts.count > 1
  }

  var json: JSONValue {
    .typedExtension(
      "envoy.filters.network.http_connection_manager",
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
          "upgrade_configs": .array(upgrades.map { ["upgrade_type": .string($0)] }),
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

  /// CONNECT only where a route takes it: elsewhere Envoy would answer instead of the application.
  private var upgrades: [String] {
    let connects = virtualHosts.contains { $0.routes.contains { $0.match.path == .connect } }
    return ["websocket", "tcp", "SPDY/3.1", "h2c"] + (connects ? ["CONNECT"] : [])
  }

  private var routeConfiguration: JSONValue {
    .fields([
      "name": .string(routeConfigName),
      "virtual_hosts": .array(virtualHosts.map(\.json)),
      "ignore_port_in_host_matching": ignoresPortInHost ? true : nil,
      "request_headers_to_add": forwardedFor == .appended ? [Self.forwardedForHeader] : nil,
    ])
  }

  /// The address of the connection: the other variable is the client's as `x-forwarded-for` has it.
  private static let forwardedForHeader: JSONValue = [
    "header": [
      "key": "x-forwarded-for", "value": "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%",
    ]
  ]

  private var httpFilters: [JSONValue] {
    let router = JSONValue.typedExtension(
      "envoy.filters.http.router",
      .message(
        "envoy.extensions.filters.http.router.v3.Router",
        ["suppress_envoy_headers": isTransparent ? true : nil]))
    return (healthCheckPath.map { [Self.healthCheck($0)] } ?? []) + [router]
  }

  private static func healthCheck(_ path: String) -> JSONValue {
    .typedExtension(
      "envoy.filters.http.health_check",
      .message(
        "envoy.extensions.filters.http.health_check.v3.HealthCheck",
        [
          "pass_through_mode": false,
          "headers": [["name": ":path", "string_match": ["exact": .string(path)]]],
        ]))
  }
}
