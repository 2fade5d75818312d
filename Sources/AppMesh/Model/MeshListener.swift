public enum PortProtocol: String, Hashable, Sendable, CaseIterable {
  case http, http2, grpc, tcp
}

/// A port, 1 through 65535, and what is spoken on it.
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

/// A port on which a gateway takes requests.
public struct GatewayListener: Hashable, Sendable {
  public var portMapping: PortMapping
  public var connectionPool: ConnectionPool?
  public var healthCheck: HealthCheckPolicy?
  public var tls: ListenerTLS?

  public init(portMapping: PortMapping) { self.portMapping = portMapping }
}

/// How much an application is given at once.
public enum ConnectionPool: Hashable, Sendable {
  /// `maxPendingRequests` `nil`: 2147483647.
  case http(maxConnections: Int, maxPendingRequests: Int?)
  case http2(maxRequests: Int)
  case grpc(maxRequests: Int)
  case tcp(maxConnections: Int)
}

/// How every caller finds out which endpoints serve.
public struct HealthCheckPolicy: Hashable, Sendable {
  /// 2 through 10.
  public var healthyThreshold: Int
  /// 2 through 10.
  public var unhealthyThreshold: Int
  /// 5 through 300 seconds.
  public var interval: Duration
  /// 2 through 60 seconds.
  public var timeout: Duration
  public var `protocol`: PortProtocol
  /// `nil`: that of the listener.
  public var port: UInt16?
  /// For HTTP and HTTP/2; `nil`: `/`.
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

/// When callers leave an endpoint alone because it answers with errors.
public struct OutlierDetectionPolicy: Hashable, Sendable {
  /// 5xx answers in a row.
  public var maxServerErrors: Int
  public var interval: Duration
  public var baseEjectionDuration: Duration
  /// 0 through 100.
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

/// How long requests and idle connections may last; zero: without limit.
public struct RequestTimeout: Hashable, Sendable {
  /// `nil`: 15 seconds; TCP has none.
  public var perRequest: Duration?
  /// `nil`: 300 seconds.
  public var idle: Duration?

  public init(perRequest: Duration? = nil, idle: Duration? = nil) {
    self.perRequest = perRequest
    self.idle = idle
  }
}

/// A line for every request or connection.
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
    /// Keys and Envoy's command operators, in order.
    case json([Field])
  }

  public var path: String
  /// `nil`: Envoy's own.
  public var format: Format?

  public init(path: String, format: Format? = nil) {
    self.path = path
    self.format = format
  }
}
