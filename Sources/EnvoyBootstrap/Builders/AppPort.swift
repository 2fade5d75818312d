/// A port that the application listens on.
public struct AppPort: Hashable, Sendable {
  public var number: PortNumber
  /// What it speaks; `nil`: Envoy finds out from the first bytes of each connection.
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
  /// transport, memcached; <https://linkerd.io/2/features/protocol-detection/>), and FTP, SSH,
  /// POP3, IMAP and NATS, where the server speaks first too.
  public static let opaque: Set<UInt16> = [
    21, 22, 25, 110, 143, 587, 3306, 4222, 4444, 5432, 6379, 9300, 11211,
  ]

  /// Whether Envoy has to look into connections to this port to learn their protocol.
  var isSniffed: Bool {
    serviceProtocol == nil && !(number.value.map(Self.opaque.contains) ?? false)
  }
}

/// What a service speaks. The words are those of a task definition's `appProtocol`, and `tcp`.
public enum ServiceProtocol: String, CaseIterable, Hashable, Sendable {
  case http
  case http2
  case grpc
  /// Bytes that Envoy passes on without a look.
  case tcp

  /// `nil` where there is no HTTP.
  var httpVersion: Cluster.HTTPVersion? {
    switch self {
    case .http: .http1
    case .http2, .grpc: .http2
    case .tcp: nil
    }
  }
}
