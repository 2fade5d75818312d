internal import LosslessJSON

/// Endpoints that requests or connections are sent to.
public struct Cluster: Hashable, Sendable {
  public enum Discovery: Hashable, Sendable {
    /// One IP address.
    case fixed(SocketAddress)
    /// The path of a Unix domain socket.
    case pipe(String)
    /// Every address that DNS knows of one name, asked again every five seconds.
    case dns(SocketAddress, DNSOptions = .standard)
    /// The address that the client dialled.
    case originalDst
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
  /// Seconds without data after which TCP asks whether the peer is still there; `nil`: never.
  public var tcpKeepaliveSeconds: Int?
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
    tcpKeepaliveSeconds: Int? = nil,
    outlierDetection: OutlierDetection? = nil,
    transportSocket: UpstreamTLS? = nil
  ) {
    self.name = name
    self.discovery = discovery
    self.httpVersion = httpVersion
    self.idleTimeout = idleTimeout
    self.tcpKeepaliveSeconds = tcpKeepaliveSeconds
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
      "lb_policy": discovery == .originalDst ? "CLUSTER_PROVIDED" : nil,
      "load_assignment": loadAssignment,
      "typed_extension_protocol_options": protocolOptions,
      "circuit_breakers": circuitBreakers.json,
      "health_checks": healthChecks.ifNotEmpty { .array($0.map(\.json)) },
      "ignore_health_on_host_removal": ignoresHealthOnHostRemoval ? true : nil,
      "upstream_connection_options": tcpKeepaliveSeconds.map {
        ["tcp_keepalive": ["keepalive_time": .integer($0)]]
      },
      "outlier_detection": outlierDetection?.json,
      "transport_socket": transportSocket?.json,
    ])
  }

  private var type: JSONValue? {
    switch discovery {
    case .fixed, .pipe, .nowhere: "STATIC"
    case .originalDst: "ORIGINAL_DST"
    case .dns: nil
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
    let common = idleTimeout.map { JSONValue.fields(["idle_timeout": .duration($0)]) }
    let key: String
    let options: JSONValue
    switch httpVersion {
    case .http1: (key, options) = ("explicit_http_config", ["http_protocol_options": [:]])
    case .http2: (key, options) = ("explicit_http_config", ["http2_protocol_options": [:]])
    case .likeDownstream:
      (key, options) = ("use_downstream_protocol_config", ["http2_protocol_options": [:]])
    }
    return .object([
      .init(type, .message(type, ["common_http_protocol_options": common, key: options]))
    ])
  }
}
