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
  /// Whether `x-forwarded-for` becomes the address of the client where it is absent.
  public var setsMissingForwardedFor: Bool
  /// Whether requests and responses are passed on without a trace of Envoy: the `server` header
  /// stays, no `x-envoy-…` headers.
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
  /// long polls and idle streams. By default as long as TCP connections live.
  public var streamIdleTimeout: Duration? = .seconds(3600)

  public init(
    statPrefix: String,
    virtualHosts: [VirtualHost],
    healthCheckPath: String? = nil,
    tracing: TracingProvider? = nil,
    appendsForwardedFor: Bool = false,
    setsMissingForwardedFor: Bool = false,
    isTransparent: Bool = false
  ) {
    self.statPrefix = statPrefix
    self.virtualHosts = virtualHosts
    self.healthCheckPath = healthCheckPath
    self.tracing = tracing
    self.appendsForwardedFor = appendsForwardedFor
    self.setsMissingForwardedFor = setsMissingForwardedFor
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
          "http_protocol_options": acceptsHTTP10
            ? ["accept_http_10": true, "default_host_for_http_10": "localhost"] : nil,
          "upgrade_configs": .array(upgrades.map { ["upgrade_type": .string($0)] }),
          "stream_idle_timeout": streamIdleTimeout.map { .duration($0) },
          "proxy_100_continue": proxies100Continue ? true : nil,
          "normalize_path": normalizesPath ? true : nil,
          "merge_slashes": normalizesPath ? true : nil,
          "path_with_escaped_slashes_action": normalizesPath ? "KEEP_UNCHANGED" : nil,
          "server_header_transformation": isTransparent ? "PASS_THROUGH" : nil,
          "use_remote_address": appendsForwardedFor ? true : nil,
          // One trusted hop: a load balancer's `x-forwarded-proto: https` is not overwritten.
          "xff_num_trusted_hops": appendsForwardedFor ? 1 : nil,
        ]))
  }

  /// CONNECT only where a route takes it: elsewhere Envoy would answer instead of the application.
  private var upgrades: [String] {
    let connects = virtualHosts.contains { $0.routes.contains { $0.match == .connect } }
    return ["websocket"] + (connects ? ["CONNECT"] : [])
  }

  private var routeConfiguration: JSONValue {
    .fields([
      "name": .string(routeConfigName),
      "virtual_hosts": .array(virtualHosts.map(\.json)),
      "ignore_port_in_host_matching": ignoresPortInHost ? true : nil,
      "request_headers_to_add": setsMissingForwardedFor ? [Self.missingForwardedFor] : nil,
    ])
  }

  private static let missingForwardedFor: JSONValue = [
    "header": [
      "key": "x-forwarded-for", "value": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
    ],
    "append_action": "ADD_IF_ABSENT",
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
