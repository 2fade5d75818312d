internal import LosslessJSON

/// HTTP/1 and HTTP/2 on one connection, whichever the client speaks.
///
/// Paths stay as they are: nothing here decides by path for safety, and a changed path breaks
/// signed requests.
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
  }

  /// Long polls and idle streams live as long as TCP connections do by default; Envoy's own five
  /// minutes would cut them.
  private static let streamIdleTimeout = Duration.seconds(3600)

  var json: JSONValue {
    .typedExtension(
      "envoy.filters.network.http_connection_manager",
      .message(
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        [
          "stat_prefix": .string(statPrefix),
          "route_config": routeConfiguration,
          "http_filters": .array(httpFilters),
          "access_log": [AccessLog.requests(traced: tracing != nil).json],
          "tracing": tracing?.json,
          // Without it HTTP/1.0, which nginx speaks to its upstreams by default, is refused (426).
          "http_protocol_options": [
            "accept_http_10": true, "default_host_for_http_10": "localhost",
          ],
          "upgrade_configs": .array(upgrades.map { ["upgrade_type": .string($0)] }),
          "stream_idle_timeout": .duration(Self.streamIdleTimeout),
          "proxy_100_continue": true,
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
      "name": .string(statPrefix),
      "virtual_hosts": .array(virtualHosts.map(\.json)),
      "ignore_port_in_host_matching": virtualHosts.count > 1 ? true : nil,
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
