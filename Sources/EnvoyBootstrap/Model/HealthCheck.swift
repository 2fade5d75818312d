internal import LosslessJSON

/// How Envoy checks which endpoints of a cluster are healthy.
public struct HealthCheck: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A GET request. Status 200 means healthy.
    case http(host: String, path: String, version: Cluster.HTTPVersion)
    /// A call of `grpc.health.v1.Health`, on clusters that use HTTP/2.
    case grpc(authority: String)
    /// Opens a connection.
    case tcp
  }

  public var kind: Kind
  public var timeout: Duration
  public var interval: Duration
  /// The interval while the cluster has no traffic. `nil` means Envoy's default of one minute.
  public var noTrafficInterval: Duration?
  /// The number of consecutive failed checks that make an endpoint unhealthy.
  public var unhealthyThreshold: Int
  /// The number of consecutive passed checks that make an endpoint healthy. The first check of an endpoint
  /// suffices if it passes.
  public var healthyThreshold: Int
  /// `nil` means the endpoint's own port.
  public var altPort: UInt16?

  public init(
    _ kind: Kind, timeout: Duration, interval: Duration, noTrafficInterval: Duration? = nil,
    unhealthyThreshold: Int, healthyThreshold: Int, altPort: UInt16? = nil
  ) {
    self.kind = kind
    self.timeout = timeout
    self.interval = interval
    self.noTrafficInterval = noTrafficInterval
    self.unhealthyThreshold = unhealthyThreshold
    self.healthyThreshold = healthyThreshold
    self.altPort = altPort
  }

  var json: JSONValue {
    .fields([
      "timeout": .duration(timeout),
      "interval": .duration(interval),
      "no_traffic_interval": noTrafficInterval.map { .duration($0) },
      "unhealthy_threshold": .integer(unhealthyThreshold),
      "healthy_threshold": .integer(healthyThreshold),
      "alt_port": altPort.map { .integer(Int($0)) },
      "http_health_check": http,
      "grpc_health_check": grpc,
      "tcp_health_check": kind == .tcp ? [:] : nil,
    ])
  }

  private var http: JSONValue? {
    guard case .http(let host, let path, let version) = kind else { return nil }
    return .fields([
      "host": .string(host),
      "path": .string(path),
      "codec_client_type": version == .http2 ? "HTTP2" : nil,
    ])
  }

  private var grpc: JSONValue? {
    guard case .grpc(let authority) = kind else { return nil }
    return ["authority": .string(authority)]
  }
}
