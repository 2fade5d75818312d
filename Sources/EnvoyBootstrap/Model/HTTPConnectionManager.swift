internal import LosslessJSON

/// HTTP/1 and HTTP/2 on one connection, whichever the client speaks.
public struct HTTPConnectionManager: Hashable, Sendable {
  public var statPrefix: String
  public var virtualHosts: [VirtualHost]
  /// Requests to this path are answered by Envoy itself: 200, or 503 once it drains.
  public var healthCheckPath: String?
  public var tracing: TracingProvider?
  /// Whether the address of the client is appended to `x-forwarded-for`.
  public var appendsForwardedFor: Bool
  /// Whether the address of the client is appended to `x-forwarded-for` and nothing else changes:
  /// unlike ``appendsForwardedFor``, which judges which clients to trust.
  public var addsForwardedFor: Bool
  /// Whether requests and responses are passed on without a trace of Envoy: the `server` header
  /// stays, no `x-envoy-…` headers, and a request id only where requests are traced.
  public var isTransparent: Bool
  /// The name of the route table.
  public var routeConfigName: String
  /// Whether `Host: web:8080` is taken for `web`.
  public var ignoresPortInHost: Bool
  public var accessLogs: [AccessLog]
  /// Whether `/a/../b` and `/a//b` become `/b` and `/a/b`. By default paths stay as they are: where
  /// nothing decides by path for safety, and a changed path breaks signed requests.
  public var normalizesPath = false
  /// Whether HTTP/1.0 is taken, which nginx speaks to its upstreams by default, or refused (426).
  public var acceptsHTTP10 = true
  /// Whether `100 Continue` is left to the server, or answered by Envoy.
  public var proxies100Continue = true
  /// How long nothing may be sent in either direction; `nil`: Envoy's own five minutes, which cut
  /// long polls and idle streams. By default there is no limit: a silent stream is the
  /// application's own business.
  public var streamIdleTimeout: Duration? = .zero
  /// How long the head of a request may take from its first byte. A client that sends half of a head
  /// and waits holds memory.
  public var requestHeadersTimeout: Duration? = .seconds(60)

  public init(
    statPrefix: String,
    virtualHosts: [VirtualHost],
    healthCheckPath: String? = nil,
    tracing: TracingProvider? = nil,
    appendsForwardedFor: Bool = false,
    addsForwardedFor: Bool = false,
    isTransparent: Bool = false
  ) {
    self.statPrefix = statPrefix
    self.virtualHosts = virtualHosts
    self.healthCheckPath = healthCheckPath
    self.tracing = tracing
    self.appendsForwardedFor = appendsForwardedFor
    self.addsForwardedFor = addsForwardedFor
    self.isTransparent = isTransparent
    routeConfigName = statPrefix
    ignoresPortInHost = virtualHosts.count > 1
    accessLogs = [.requests(traced: tracing != nil)]
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
          "common_http_protocol_options": [
            "idle_timeout": .duration(.zero),
            "max_headers_count": .integer(ProtocolOptions.maxHeaders),
          ],
          "max_request_headers_kb": .integer(ProtocolOptions.maxHeadersKiB),
          "http_protocol_options": ProtocolOptions.http1Server(acceptsHTTP10: acceptsHTTP10),
          "http2_protocol_options": ProtocolOptions.http2Server,
          "upgrade_configs": .array(upgrades.map { ["upgrade_type": .string($0)] }),
          "stream_idle_timeout": streamIdleTimeout.map { .duration($0) },
          "request_headers_timeout": requestHeadersTimeout.map { .duration($0) },
          "proxy_100_continue": proxies100Continue ? true : nil,
          "normalize_path": normalizesPath ? true : nil,
          "merge_slashes": normalizesPath ? true : nil,
          "path_with_escaped_slashes_action": normalizesPath ? "KEEP_UNCHANGED" : nil,
          "server_header_transformation": isTransparent ? "PASS_THROUGH" : nil,
          "generate_request_id": isTransparent && tracing == nil ? false : nil,
          "use_remote_address": appendsForwardedFor ? true : nil,
          // One trusted hop: a load balancer's `x-forwarded-proto: https` is not overwritten.
          "xff_num_trusted_hops": appendsForwardedFor ? 1 : nil,
        ]))
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
      "request_headers_to_add": addsForwardedFor ? [Self.forwardedFor] : nil,
    ])
  }

  /// The address of the connection: the other variable is the client's as `x-forwarded-for` has it.
  private static let forwardedFor: JSONValue = [
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
