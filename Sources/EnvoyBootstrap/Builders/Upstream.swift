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

  public init(name: String, endpoint: SocketAddress, serviceProtocol: ServiceProtocol = .http) {
    self.name = name
    self.endpoint = endpoint
    self.serviceProtocol = serviceProtocol
  }

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
    var serviceProtocol = ServiceProtocol.http
    if parts.count == 2 {
      guard let named = ServiceProtocol(rawValue: String(parts[1])) else {
        throw Problem(.unknownUpstreamProtocol, ["text": text, "word": String(parts[1])])
      }
      serviceProtocol = named
    }
    let name = text[..<equals].lowercased()
    guard SocketAddress.isHost(name), !name.contains(":") else {
      throw Problem(.unreadableUpstream, ["text": text])
    }
    self.init(name: name, endpoint: endpoint, serviceProtocol: serviceProtocol)
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
      outlierDetection: .init(maxEjectionPercent: 50))
  }

  /// Sets no timeout: the client has its own, and a gRPC call has a deadline.
  var route: Route {
    Route(
      to: .cluster(name),
      timeout: serviceProtocol == .grpc ? .grpcHeader : .none,
      retryPolicy: .ifNeverBegun)
  }
}

extension Rule {
  fileprivate static let unreadableUpstream = error(
    "unreadable-upstream", "'{text}' is not of the form NAME=HOST:PORT[/PROTOCOL].",
    fix: "Write it like payments=payments.internal:8080/grpc.")

  fileprivate static let unknownUpstreamProtocol = error(
    "unknown-upstream-protocol", "Upstream '{text}' has the unknown protocol '{word}'.",
    fix: """
      Use one of \(ServiceProtocol.allCases.map(\.rawValue).joined(separator: ", ")).
      """)
}
