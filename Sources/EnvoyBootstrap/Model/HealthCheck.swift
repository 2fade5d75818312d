internal import LosslessJSON

/// How Envoy finds out which endpoints of a cluster serve.
public struct HealthCheck: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A GET request; 200 is healthy.
    case http(host: String, path: String, version: Cluster.HTTPVersion)
    /// `grpc.health.v1.Health`, on clusters that are spoken to in HTTP/2.
    case grpc(authority: String)
    /// A connection.
    case tcp
  }

  public var kind: Kind
  public var timeout: Duration
  public var interval: Duration
  /// The interval while nothing is sent to the cluster; `nil`: Envoy's minute.
  public var noTrafficInterval: Duration?
  /// Failed checks in a row.
  public var unhealthyThreshold: Int
  /// Passed checks in a row. The first one of an endpoint suffices, if it passes.
  public var healthyThreshold: Int
  /// `nil`: the endpoint's.
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
