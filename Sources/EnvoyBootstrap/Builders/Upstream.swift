public import LosslessJSON

/// A service that the application reaches by name: requests to host `name` go to `endpoint`.
///
/// HTTP, HTTP/2 and gRPC requests carry the name in `Host` or `:authority`, so any number of
/// upstreams can share a port. The name must resolve to some address outside the task before the
/// application can dial it, but the address itself does not matter.
///
/// Raw TCP has no host name. A `tcp` upstream takes every connection that the application opens to the
/// endpoint's port, whatever address it dials, so each port can have one. Port 443 is an exception,
/// because many other connections go there. There, a `tcp` upstream takes only the TLS connections whose
/// server name indication is its name.
public struct Upstream: Hashable, Sendable {
  public var name: String
  /// An IP address, or a host name that Envoy resolves periodically.
  public var endpoint: SocketAddress
  public var serviceProtocol: ServiceProtocol
  /// TLS from Envoy to the endpoint. If `nil`, requests go in plain text. The application always sends
  /// plain text, which Envoy can read.
  public var tls: TLS?

  /// TLS to a server whose certificate must name the endpoint's host.
  public struct TLS: Hashable, Sendable {
    /// The certificate to present, for mutual TLS, or `nil` for none.
    public var certificate: TLSCertificate?
    /// The authorities that can sign the server's certificate.
    public var authorities: PEMSource

    public init(
      certificate: TLSCertificate? = nil, authorities: PEMSource = .systemAuthorities
    ) {
      self.certificate = certificate
      self.authorities = authorities
    }
  }

  public init(
    name: String, endpoint: SocketAddress, serviceProtocol: ServiceProtocol = .http,
    tls: TLS? = nil
  ) {
    self.name = name
    self.endpoint = endpoint
    self.serviceProtocol = serviceProtocol
    self.tls = tls
  }

  /// The protocols with TLS, and what is spoken inside it.
  private static let secureProtocols: KeyValuePairs<String, ServiceProtocol> = [
    "https": .http, "grpcs": .grpc,
  ]

  /// Every word that can follow the slash.
  public static let protocolWords =
    ServiceProtocol.allCases.map(\.rawValue) + secureProtocols.map(\.key)

  /// Parses `NAME=HOST:PORT` or `NAME=HOST:PORT/PROTOCOL`. The default protocol is `http`.
  public init(_ text: String) throws(Problem) {
    guard let equals = text.firstIndex(of: "=") else {
      throw Problem(.unreadableUpstream, ["text": text])
    }
    let parts = text[text.index(after: equals)...].split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let endpoint = parts.first.flatMap({ SocketAddress(hostAndPort: String($0)) }) else {
      throw Problem(.unreadableUpstream, ["text": text])
    }
    let word = parts.count == 2 ? String(parts[1]) : ServiceProtocol.http.rawValue
    let secure = Self.secureProtocols.first { $0.key == word }?.value
    guard let serviceProtocol = secure ?? ServiceProtocol(rawValue: word) else {
      throw Problem(.unknownUpstreamProtocol, ["text": text, "word": word])
    }
    let name = text[..<equals].lowercased()
    guard SocketAddress.isHost(name), !name.contains(":") else {
      throw Problem(.unreadableUpstream, ["text": text])
    }
    self.init(
      name: name, endpoint: endpoint, serviceProtocol: serviceProtocol,
      tls: secure.map { _ in TLS() })
    try checkTLS()
  }

  /// - Throws: if there is no name to check the server's certificate against.
  func checkTLS() throws(Problem) {
    guard tls == nil || !endpoint.isIP else {
      throw Problem(.namelessTLSUpstream, ["name": name, "address": endpoint.address])
    }
  }

  /// The port of TLS, where a `tcp` upstream is chosen by server name.
  static let tlsPort: UInt16 = 443

  var isByServerName: Bool { serviceProtocol == .tcp && endpoint.port == Self.tlsPort }

  var isByPort: Bool { serviceProtocol == .tcp && !isByServerName }

  var cluster: Cluster {
    Cluster(
      name: name,
      discovery: endpoint.isIP ? .fixed(endpoint) : .dns(endpoint),
      httpVersion: serviceProtocol.httpVersion,
      idleTimeout: serviceProtocol == .tcp ? nil : Cluster.remoteIdleTimeout,
      // Envoy's default, 10 percent, rounds to no endpoint at all for a service with few endpoints.
      outlierDetection: .init(maxEjectionPercent: 50),
      transportSocket: transportSocket)
  }

  private var transportSocket: UpstreamTLS? {
    guard let tls else { return nil }
    return UpstreamTLS(
      sni: endpoint.address,
      context: .init(
        alpnProtocols: serviceProtocol.httpVersion == .http2 ? ["h2"] : [],
        certificate: tls.certificate,
        validation: .init(trustedCA: .pem(tls.authorities)), offersTLS13: true))
  }

  /// The cluster of Secrets Manager, if the certificate is there.
  var certificateCluster: Cluster? { tls?.certificate?.stored?.service.cluster }

  /// Sets no timeout: the client has its own, and a gRPC call has a deadline.
  var route: Route {
    Route(
      to: .cluster(name),
      timeout: serviceProtocol == .grpc ? .grpcHeader : .none,
      retryPolicy: .ifNeverBegun)
  }
}

extension [Upstream] {
  /// The clusters of Secrets Manager, one for each region.
  var certificateClusters: [Cluster] {
    compactMap(\.certificateCluster).reduce(into: []) { clusters, cluster in
      if !clusters.contains(cluster) { clusters.append(cluster) }
    }
  }
}

extension Rule {
  fileprivate static let unreadableUpstream = error(
    "unreadable-upstream", "'{text}' is not of the form NAME=HOST:PORT[/PROTOCOL].",
    fix: "Write it like payments=payments.internal:8080/grpc.")

  fileprivate static let unknownUpstreamProtocol = error(
    "unknown-upstream-protocol", "Upstream '{text}' has the unknown protocol '{word}'.",
    fix: """
      Use one of \(Upstream.protocolWords.joined(separator: ", ")).
      """)

  fileprivate static let namelessTLSUpstream = error(
    "nameless-tls-upstream",
    """
    Upstream '{name}' uses TLS with the address {address}. Envoy checks that the server's certificate \
    has the upstream's host name, and an address is none.
    """,
    fix: """
      Give the host name in the server's certificate, such as payments=payments.internal:443/https.
      """
  )
}
