internal import LosslessJSON

/// A group of endpoints that requests or connections are sent to.
public struct Cluster: Hashable, Sendable {
  public enum Discovery: Hashable, Sendable {
    /// One IP address.
    case fixed(SocketAddress)
    /// The path of a Unix domain socket.
    case pipe(String)
    /// A port of this task, on the loopback address.
    case local(PortNumber)
    /// All addresses that DNS returns for a name. Envoy resolves it again every five seconds.
    case dns(SocketAddress, DNSOptions = .standard)
    /// The instances that Cloud Map returns, through ``AWSService/cloudMap(in:)``.
    case polled(CloudMapQuery, from: PolledSource)
    /// The address that the client dialed. If `port` is set, it replaces the port that the client dialed.
    case originalDst(port: PortNumber? = nil)
    /// No endpoint: Envoy answers requests with 503 and closes connections.
    case nowhere
  }

  /// The HTTP version that Envoy uses for the endpoints. TCP needs none.
  public enum HTTPVersion: Hashable, Sendable {
    case http1
    case http2
    /// The version that the client uses.
    case likeDownstream
  }

  public var name: String
  public var discovery: Discovery
  /// If `nil`, the cluster carries TCP, or HTTP/1.1, which is Envoy's default.
  public var httpVersion: HTTPVersion?
  /// `nil` means Envoy's default of five seconds.
  public var connectTimeout: Duration?
  /// How long an unused HTTP connection stays open. `nil` means Envoy's default of one hour.
  public var idleTimeout: Duration?
  /// Whether every client connection has its own server connections, as it does without Envoy. NTLM and
  /// similar protocols authenticate connections, not requests.
  public var hasPoolPerClient = false
  public var circuitBreakers = CircuitBreakers.retriesOnly
  public var healthChecks: [HealthCheck] = []
  /// Whether Envoy drops endpoints as soon as discovery removes them, even if they are healthy.
  public var ignoresHealthOnHostRemoval = false
  public var outlierDetection: OutlierDetection?
  public var transportSocket: UpstreamTLS?
  /// The name in statistics. `nil` means the name of the cluster.
  public var statName: String?
  /// Bytes that Envoy buffers for one connection in each direction.
  public var bufferBytes = ProtocolOptions.bufferBytes
  /// The API of AWS that the cluster reaches. `nil` if it reaches something else.
  public var service: AWSService?

  public init(
    name: String,
    discovery: Discovery,
    httpVersion: HTTPVersion? = nil,
    idleTimeout: Duration? = nil,
    outlierDetection: OutlierDetection? = nil,
    transportSocket: UpstreamTLS? = nil
  ) {
    self.name = name
    self.discovery = discovery
    self.httpVersion = httpVersion
    self.idleTimeout = idleTimeout
    self.outlierDetection = outlierDetection
    self.transportSocket = transportSocket
  }

  var json: JSONValue {
    .fields([
      "name": .string(name),
      "alt_stat_name": statName.map { .string($0) },
      "type": type,
      "cluster_type": clusterType,
      // Without this, Envoy does not start at all while a name server does not answer.
      "wait_for_warm_on_init": clusterType == nil ? nil : false,
      "connect_timeout": connectTimeout.map { .duration($0) },
      "lb_policy": type == "ORIGINAL_DST" ? "CLUSTER_PROVIDED" : nil,
      "original_dst_lb_config": originalPort.map { ["upstream_port_override": $0.json] },
      "per_connection_buffer_limit_bytes": .integer(bufferBytes),
      "connection_pool_per_downstream_connection": hasPoolPerClient ? true : nil,
      "eds_cluster_config": polledEndpoints,
      "load_assignment": loadAssignment,
      "typed_extension_protocol_options": protocolOptions,
      "circuit_breakers": circuitBreakers.json,
      "health_checks": healthChecks.ifNotEmpty { .array($0.map(\.json)) },
      "ignore_health_on_host_removal": ignoresHealthOnHostRemoval ? true : nil,
      "upstream_connection_options": isPipe
        ? nil : ["tcp_keepalive": ["keepalive_time": .integer(Self.tcpKeepaliveSeconds)]],
      "outlier_detection": outlierDetection?.json,
      "transport_socket": transportSocket?.json,
    ])
  }

  private var type: JSONValue? {
    switch discovery {
    case .fixed, .local, .pipe, .nowhere: "STATIC"
    case .originalDst: "ORIGINAL_DST"
    case .polled: "EDS"
    case .dns: nil
    }
  }

  private var originalPort: PortNumber? {
    guard case .originalDst(let port) = discovery else { return nil }
    return port
  }

  private var isPipe: Bool { if case .pipe = discovery { true } else { false } }

  /// Whether the endpoints are in the task, where the round-trip time is negligible.
  private var isLocal: Bool {
    switch discovery {
    case .local, .pipe: true
    case .fixed(let socket): socket.address == SocketAddress.loopbackAddress
    case .originalDst(let port): port != nil
    case .dns, .polled, .nowhere: false
    }
  }

  private var clusterType: JSONValue? {
    guard case .dns(_, let options) = discovery else { return nil }
    return .typedExtension(
      "envoy.clusters.dns",
      .message(
        "envoy.extensions.clusters.dns.v3.DnsCluster",
        [
          "dns_lookup_family": .string(options.lookupFamily.rawValue),
          "all_addresses_in_single_endpoint": options.allAddressesInSingleEndpoint ? true : nil,
        ]))
  }

  private var loadAssignment: JSONValue? {
    let address: JSONValue
    switch discovery {
    case .fixed(let socket), .dns(let socket, _): address = socket.json
    case .local(let port): address = SocketAddress.json(SocketAddress.loopbackAddress, port)
    case .pipe(let path): address = ["pipe": ["path": .string(path)]]
    case .nowhere: return ["cluster_name": .string(name)]
    case .originalDst, .polled: return nil
    }
    return [
      "cluster_name": .string(name),
      "endpoints": [["lb_endpoints": [["endpoint": ["address": address]]]]],
    ]
  }

  private var polledEndpoints: JSONValue? {
    guard case .polled(let query, let source) = discovery else { return nil }
    return ["service_name": .string(query.text), "eds_config": source.json]
  }

  private var protocolOptions: JSONValue? {
    guard let httpVersion else { return nil }
    let type = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
    let common = JSONValue.fields([
      "idle_timeout": idleTimeout.map { .duration($0) },
      "max_headers_count": .integer(ProtocolOptions.maxHeaders),
      "max_response_headers_kb": .integer(ProtocolOptions.maxHeadersKiB),
    ])
    let http1 = JSONValue.Member("http_protocol_options", ProtocolOptions.http1Client)
    let http2 = JSONValue.Member(
      "http2_protocol_options", ProtocolOptions.http2Client(isLocal: isLocal))
    let key: String
    let options: JSONValue
    switch httpVersion {
    case .http1: (key, options) = ("explicit_http_config", .object([http1]))
    case .http2: (key, options) = ("explicit_http_config", .object([http2]))
    case .likeDownstream:
      (key, options) = ("use_downstream_protocol_config", .object([http1, http2]))
    }
    return .object([
      .init(
        type,
        .message(
          type,
          [
            "common_http_protocol_options": common, key: options, "http_filters": service?.filters,
            "retry_policy": service?.retryPolicy,
          ]))
    ])
  }
}

/// How Envoy uses DNS answers.
public struct DNSOptions: Hashable, Sendable {
  /// The address family to use if a name has both IPv4 and IPv6 addresses
  /// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/api-v3/extensions/clusters/common/dns/v3/dns.proto>).
  public enum LookupFamily: String, Hashable, Sendable {
    /// IPv6 if the name has IPv6 addresses, otherwise IPv4.
    case auto = "AUTO"
    case v4Preferred = "V4_PREFERRED"
    case v4Only = "V4_ONLY"
    case v6Only = "V6_ONLY"
  }

  public var lookupFamily: LookupFamily
  /// Whether all addresses form one endpoint. Each new connection then goes to one of the addresses.
  public var allAddressesInSingleEndpoint: Bool

  public init(lookupFamily: LookupFamily, allAddressesInSingleEndpoint: Bool = false) {
    self.lookupFamily = lookupFamily
    self.allAddressesInSingleEndpoint = allAddressesInSingleEndpoint
  }

  /// Every address is an endpoint. Prefers IPv4: Envoy's default prefers IPv6, which a VPC may resolve but
  /// not route.
  public static let standard = DNSOptions(lookupFamily: .v4Preferred)
}

/// Limits on concurrent load to a cluster. `nil` means Envoy's default.
public struct CircuitBreakers: Hashable, Sendable {
  public var maxConnections: Int?
  public var maxPendingRequests: Int?
  public var maxRequests: Int?
  public var maxRetries: Int?
  /// Whether retries are limited by Envoy's default budget, a fifth of the requests, instead of a number.
  public var hasRetryBudget: Bool

  public init(
    maxConnections: Int? = nil, maxPendingRequests: Int? = nil, maxRequests: Int? = nil,
    maxRetries: Int? = nil, hasRetryBudget: Bool = false
  ) {
    self.maxConnections = maxConnections
    self.maxPendingRequests = maxPendingRequests
    self.maxRequests = maxRequests
    self.maxRetries = maxRetries
    self.hasRetryBudget = hasRetryBudget
  }

  /// The maximum value. It works as no limit.
  public static let unlimited = Int(Int32.max)

  /// No limits. Envoy's default of 1024 connections would reject connections that worked without Envoy.
  static let noLimits = CircuitBreakers(
    maxConnections: unlimited, maxPendingRequests: unlimited, maxRequests: unlimited)

  /// Like ``noLimits``, except that a retry budget prevents retry storms.
  public static let retriesOnly = {
    var breakers = noLimits
    breakers.hasRetryBudget = true
    return breakers
  }()

  var json: JSONValue? {
    guard self != CircuitBreakers() else { return nil }
    let thresholds = JSONValue.fields([
      "max_connections": maxConnections.map { .integer($0) },
      "max_pending_requests": maxPendingRequests.map { .integer($0) },
      "max_requests": maxRequests.map { .integer($0) },
      "max_retries": maxRetries.map { .integer($0) },
      "retry_budget": hasRetryBudget ? [:] : nil,
    ])
    return ["thresholds": [thresholds]]
  }
}

/// Ejects an endpoint for a while after it returned errors.
public struct OutlierDetection: Hashable, Sendable {
  /// Number of consecutive errors (5xx, resets, failed connections) that eject an endpoint. `nil` means
  /// Envoy's default of five.
  public var consecutive5xx: Int?
  /// How often Envoy checks for endpoints to eject or to return. `nil` means Envoy's default of 10 s.
  public var interval: Duration?
  /// Length of the first ejection, and the increment for each further one. `nil` means Envoy's default of
  /// 30 s.
  public var baseEjectionTime: Duration?
  /// The maximum share of endpoints that are ejected at the same time, in percent.
  public var maxEjectionPercent: Int
  /// Whether a passed health check ends an ejection early. App Mesh guaranteed the whole ejection time.
  public var endsWithHealthCheck = true

  public init(
    consecutive5xx: Int? = nil, interval: Duration? = nil, baseEjectionTime: Duration? = nil,
    maxEjectionPercent: Int
  ) {
    self.consecutive5xx = consecutive5xx
    self.interval = interval
    self.baseEjectionTime = baseEjectionTime
    self.maxEjectionPercent = maxEjectionPercent
  }

  var json: JSONValue {
    .fields([
      "consecutive_5xx": consecutive5xx.map { .integer($0) },
      "interval": interval.map { .duration($0) },
      "base_ejection_time": baseEjectionTime.map { .duration($0) },
      "max_ejection_percent": .integer(maxEjectionPercent),
      // Only consecutive errors count. With few endpoints, statistics eject the wrong ones.
      "enforcing_success_rate": 0,
      "successful_active_health_check_uneject_host": endsWithHealthCheck ? nil : false,
    ])
  }
}

extension Cluster {
  /// Shorter than the keep-alive timeout of common servers (Node.js, uvicorn and Apache: 5 s). Otherwise
  /// Envoy sends requests on shared connections that a server is just closing.
  static let remoteIdleTimeout = Duration.seconds(4)

  /// Network load balancers and NAT gateways drop a silent connection after 350 s
  /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html>).
  /// The application's own keep-alive does not reach them, because it ends at Envoy.
  static let tcpKeepaliveSeconds = 300

  /// Envoy does not close the server's connection when the client closes its own, so an unused one must
  /// time out. Long enough for a client that authenticates its connection and then pauses.
  static let ownIdleTimeout = Duration.seconds(15)

  /// The cluster for the address that the application dialed.
  static let passthrough = perClient("passthrough", .originalDst(), .likeDownstream)

  /// Makes a cluster in which every client connection has its own server connections.
  ///
  /// - Parameter version: `nil` for TCP, which always works that way.
  package static func perClient(
    _ name: String, _ discovery: Discovery, _ version: HTTPVersion?
  ) -> Cluster {
    var cluster = Cluster(
      name: name, discovery: discovery, httpVersion: version,
      idleTimeout: version == nil ? nil : ownIdleTimeout)
    cluster.hasPoolPerClient = version != nil
    cluster.circuitBreakers = .noLimits
    return cluster
  }
}
