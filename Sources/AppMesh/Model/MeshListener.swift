public enum PortProtocol: String, Hashable, Sendable, CaseIterable {
  case http, http2, grpc, tcp
}

/// A port (1-65535) and its protocol.
public struct PortMapping: Hashable, Sendable {
  public var port: UInt16
  public var `protocol`: PortProtocol

  public init(port: UInt16, protocol: PortProtocol) {
    self.port = port
    self.`protocol` = `protocol`
  }
}

/// A port on which a node's application listens.
public struct NodeListener: Hashable, Sendable {
  public var portMapping: PortMapping
  public var connectionPool: ConnectionPool?
  public var healthCheck: HealthCheckPolicy?
  public var outlierDetection: OutlierDetectionPolicy?
  public var timeout: RequestTimeout?
  public var tls: ListenerTLS?

  public init(portMapping: PortMapping) { self.portMapping = portMapping }
}

/// A port on which a gateway accepts requests.
public struct GatewayListener: Hashable, Sendable {
  public var portMapping: PortMapping
  public var connectionPool: ConnectionPool?
  public var healthCheck: HealthCheckPolicy?
  public var tls: ListenerTLS?

  public init(portMapping: PortMapping) { self.portMapping = portMapping }
}

/// Limits on the load that an application gets at the same time.
public enum ConnectionPool: Hashable, Sendable {
  /// `nil` for `maxPendingRequests` means 2147483647.
  case http(maxConnections: Int, maxPendingRequests: Int?)
  case http2(maxRequests: Int)
  case grpc(maxRequests: Int)
  case tcp(maxConnections: Int)
}

/// The health check that all callers use to find healthy endpoints.
public struct HealthCheckPolicy: Hashable, Sendable {
  /// Range: 2-10.
  public var healthyThreshold: Int
  /// Range: 2-10.
  public var unhealthyThreshold: Int
  /// Range: 5-300 seconds.
  public var interval: Duration
  /// Range: 2-60 seconds.
  public var timeout: Duration
  public var `protocol`: PortProtocol
  /// The port to check, or `nil` for the listener's port.
  public var port: UInt16?
  /// The path to request with HTTP and HTTP/2. `nil` means `/`.
  public var path: String?

  public init(
    healthyThreshold: Int, unhealthyThreshold: Int, interval: Duration, timeout: Duration,
    protocol: PortProtocol, port: UInt16? = nil, path: String? = nil
  ) {
    self.healthyThreshold = healthyThreshold
    self.unhealthyThreshold = unhealthyThreshold
    self.interval = interval
    self.timeout = timeout
    self.`protocol` = `protocol`
    self.port = port
    self.path = path
  }
}

/// The limits at which callers eject an endpoint because it answers with errors.
public struct OutlierDetectionPolicy: Hashable, Sendable {
  /// The number of consecutive 5xx responses.
  public var maxServerErrors: Int
  public var interval: Duration
  public var baseEjectionDuration: Duration
  /// Range: 0-100.
  public var maxEjectionPercent: Int

  public init(
    maxServerErrors: Int, interval: Duration, baseEjectionDuration: Duration,
    maxEjectionPercent: Int
  ) {
    self.maxServerErrors = maxServerErrors
    self.interval = interval
    self.baseEjectionDuration = baseEjectionDuration
    self.maxEjectionPercent = maxEjectionPercent
  }
}

/// Timeouts of requests and idle connections. Zero means no limit.
public struct RequestTimeout: Hashable, Sendable {
  /// `nil` means 15 seconds. TCP has no such timeout.
  public var perRequest: Duration?
  /// `nil` means 300 seconds.
  public var idle: Duration?

  public init(perRequest: Duration? = nil, idle: Duration? = nil) {
    self.perRequest = perRequest
    self.idle = idle
  }
}

/// An access log with one line for each request or connection.
public struct FileAccessLog: Hashable, Sendable {
  public struct Field: Hashable, Sendable {
    public var key: String
    public var value: String

    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  public enum Format: Hashable, Sendable {
    case text(String)
    /// Keys with Envoy's command operators, in order.
    case json([Field])
  }

  public var path: String
  /// `nil` means Envoy's default format.
  public var format: Format?

  public init(path: String, format: Format? = nil) {
    self.path = path
    self.format = format
  }
}
