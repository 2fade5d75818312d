/// A port that the application listens on.
public struct AppPort: Hashable, Sendable {
  public var number: PortNumber
  /// The port's protocol, or `nil` if Envoy detects it from the first bytes of each connection.
  public var serviceProtocol: ServiceProtocol?

  public init(_ number: PortNumber, _ serviceProtocol: ServiceProtocol? = nil) {
    self.number = number
    self.serviceProtocol = serviceProtocol
  }

  public init(_ number: UInt16, _ serviceProtocol: ServiceProtocol? = nil) {
    self.init(.known(number), serviceProtocol)
  }

  /// Ports on which Envoy does not wait for the client to speak first.
  ///
  /// Linkerd's default opaque ports (SMTP, MySQL, Galera, PostgreSQL, Redis, Elasticsearch's
  /// transport, memcached; <https://linkerd.io/2/features/protocol-detection/>); FTP, SSH, POP3,
  /// IMAP and NATS, where the server speaks first too; and DNS, LDAP, syslog, TDS, MQTT, graphite,
  /// ZooKeeper, AMQP, Bolt, Cassandra, Kafka, git, MongoDB and STOMP as IANA or their servers assign
  /// them.
  public static let opaque: Set<UInt16> = [
    21, 22, 25, 53, 110, 143, 389, 587, 601, 636, 1433, 1883, 2003, 2181, 3306, 4222, 4444, 5432,
    5672, 6379, 6514, 7687, 9042, 9092, 9300, 9418, 11211, 27017, 61613,
  ]

  /// Destination ports of outbound connections where HTTP without TLS is likely. Envoy looks for HTTP there.
  public static let likelyHTTP: Set<UInt16> = Set(8000...8099).union([
    80, 3000, 5000, 8888, 9090, 50051,
  ])

  /// Whether Envoy must inspect connections to this port to detect their protocol.
  var isSniffed: Bool {
    serviceProtocol == nil && !(number.value.map(Self.opaque.contains) ?? false)
  }
}

/// The protocol of a service: the values of a task definition's `appProtocol`, and `tcp`.
public enum ServiceProtocol: String, CaseIterable, Hashable, Sendable {
  case http
  case http2
  case grpc
  /// Envoy passes the bytes on without looking at them.
  case tcp

  /// The HTTP version, or `nil` for `tcp`.
  var httpVersion: Cluster.HTTPVersion? {
    switch self {
    case .http: .http1
    case .http2, .grpc: .http2
    case .tcp: nil
    }
  }
}
