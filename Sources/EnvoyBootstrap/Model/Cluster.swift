internal import LosslessJSON

/// Endpoints that requests or connections are sent to.
public struct Cluster: Hashable, Sendable {
  public enum Discovery: Hashable, Sendable {
    /// One IP address.
    case fixed(SocketAddress)
    /// The path of a Unix domain socket.
    case pipe(String)
    /// A port of this task, which only its own processes reach there.
    case local(PortNumber)
    /// Every address that DNS knows of one name, asked again every five seconds.
    case dns(SocketAddress, DNSOptions = .standard)
    /// The address that the client dialled; with a port, that one in place of the client's.
    case originalDst(port: PortNumber? = nil)
    /// There are none: requests are answered with 503, connections closed.
    case nowhere
  }

  /// What is spoken to the endpoints; TCP needs no word.
  public enum HTTPVersion: Hashable, Sendable {
    case http1
    case http2
    /// What the client speaks.
    case likeDownstream
  }

  public var name: String
  public var discovery: Discovery
  /// `nil`: TCP, or HTTP/1.1, which is Envoy's default.
  public var httpVersion: HTTPVersion?
  /// `nil`: Envoy's five seconds.
  public var connectTimeout: Duration?
  /// How long an unused HTTP connection is kept; `nil`: Envoy's hour.
  public var idleTimeout: Duration?
  /// Whether every client connection has server connections of its own, as it has without Envoy:
  /// NTLM and the like authenticate connections, not requests.
  public var hasPoolPerClient = false
  public var circuitBreakers = CircuitBreakers.retriesOnly
  public var healthChecks: [HealthCheck] = []
  /// Whether endpoints that discovery no longer knows are left at once, healthy or not.
  public var ignoresHealthOnHostRemoval = false
  public var outlierDetection: OutlierDetection?
  public var transportSocket: UpstreamTLS?

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
      "type": type,
      "cluster_type": clusterType,
      // Otherwise a name server that does not answer keeps Envoy from starting at all.
      "wait_for_warm_on_init": clusterType == nil ? nil : false,
      "connect_timeout": connectTimeout.map { .duration($0) },
      "lb_policy": type == "ORIGINAL_DST" ? "CLUSTER_PROVIDED" : nil,
      "original_dst_lb_config": originalPort.map { ["upstream_port_override": $0.json] },
      "per_connection_buffer_limit_bytes": .integer(ProtocolOptions.bufferBytes),
      "connection_pool_per_downstream_connection": hasPoolPerClient ? true : nil,
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
    case .dns: nil
    }
  }

  private var originalPort: PortNumber? {
    guard case .originalDst(let port) = discovery else { return nil }
    return port
  }

  private var isPipe: Bool { if case .pipe = discovery { true } else { false } }

  /// Whether the endpoints are in the task, where a round trip takes no time.
  private var isLocal: Bool {
    switch discovery {
    case .local, .pipe: true
    case .fixed(let socket): socket.address == SocketAddress.loopbackAddress
    case .originalDst(let port): port != nil
    case .dns, .nowhere: false
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
    case .originalDst: return nil
    }
    return [
      "cluster_name": .string(name),
      "endpoints": [["lb_endpoints": [["endpoint": ["address": address]]]]],
    ]
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
      .init(type, .message(type, ["common_http_protocol_options": common, key: options]))
    ])
  }
}

/// What is made of the answers of DNS.
public struct DNSOptions: Hashable, Sendable {
  /// Which addresses are used of a name that has both kinds
  /// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/api-v3/extensions/clusters/common/dns/v3/dns.proto>).
  public enum LookupFamily: String, Hashable, Sendable {
    /// IPv6 if there is any.
    case auto = "AUTO"
    case v4Preferred = "V4_PREFERRED"
    case v4Only = "V4_ONLY"
    case v6Only = "V6_ONLY"
  }

  public var lookupFamily: LookupFamily
  /// Whether all addresses are one endpoint, and each new connection goes to one of them.
  public var allAddressesInSingleEndpoint: Bool

  public init(lookupFamily: LookupFamily, allAddressesInSingleEndpoint: Bool = false) {
    self.lookupFamily = lookupFamily
    self.allAddressesInSingleEndpoint = allAddressesInSingleEndpoint
  }

  /// Every address is an endpoint. Envoy's default prefers IPv6, which a VPC may resolve but not
  /// route.
  public static let standard = DNSOptions(lookupFamily: .v4Preferred)
}

/// How much may be under way to a cluster at once; `nil`: Envoy's own limit.
public struct CircuitBreakers: Hashable, Sendable {
  public var maxConnections: Int?
  public var maxPendingRequests: Int?
  public var maxRequests: Int?
  public var maxRetries: Int?
  /// Whether retries may be a fifth of the requests, Envoy's default budget, in place of a number.
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

  /// The largest number, which is no limit.
  public static let unlimited = Int(Int32.max)

  /// No limit but the machine's: Envoy's 1024 connections would refuse what worked without it.
  static let noLimits = CircuitBreakers(
    maxConnections: unlimited, maxPendingRequests: unlimited, maxRequests: unlimited)

  /// Like ``noLimits``, but a budget keeps retries from multiplying.
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

/// When an endpoint is left alone for a while because it answers with errors.
public struct OutlierDetection: Hashable, Sendable {
  /// Errors in a row: 5xx, resets, failed connections; `nil`: Envoy's five.
  public var consecutive5xx: Int?
  /// How often times to leave alone begin and end; `nil`: Envoy's 10 s.
  public var interval: Duration?
  /// How long the first time, and each further time as much longer; `nil`: Envoy's 30 s.
  public var baseEjectionTime: Duration?
  /// The share of the endpoints that may be left alone at once.
  public var maxEjectionPercent: Int
  /// Whether a health check that an endpoint passes ends its time early. App Mesh promised the whole
  /// time.
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
      // Only errors in a row count; statistics over a few endpoints eject the wrong ones.
      "enforcing_success_rate": 0,
      "successful_active_health_check_uneject_host": endsWithHealthCheck ? nil : false,
    ])
  }
}

extension Cluster {
  /// Shorter than the keep-alive of common servers (Node.js, uvicorn, Apache 5 s): otherwise Envoy
  /// sends requests on shared connections that a server is closing.
  static let remoteIdleTimeout = Duration.seconds(4)

  /// Network load balancers and NAT gateways forget a silent connection after 350 s
  /// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html>).
  /// Envoy stands between the application's own keep-alive and them.
  static let tcpKeepaliveSeconds = 300

  /// Envoy does not end the server's connection when the client ends its own, so an unused one has to
  /// end some time. Long enough for a client that authenticates its connection and then pauses.
  static let ownIdleTimeout = Duration.seconds(15)

  /// The address that the application dialled.
  static let passthrough = perClient("passthrough", .originalDst(), .likeDownstream)

  /// A cluster in which every client connection has server connections of its own.
  ///
  /// - Parameter version: `nil` for TCP, where it is always so.
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
