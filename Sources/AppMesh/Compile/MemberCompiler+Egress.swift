internal import EnvoyBootstrap

/// What a node's application may call.
extension MemberCompiler {
  /// The one port on which connections are told apart by TLS server name. Looking into those to
  /// other ports would keep servers that speak first from doing so.
  private static let tlsPort: UInt16 = 443

  private static let allowAllHost = "mesh_allow_all"

  private var allowsAll: Bool { index.mesh.egressFilter == .allowAll }

  /// On the loopback interface, where iptables redirects to: a peer that dialled this port on the
  /// task's address would make Envoy connect to itself without end.
  mutating func egress(to backends: [Backend], on egressPort: UInt16) -> Listener {
    var ports: [ServicePort] = []
    var unanswered: [String] = []
    for backend in backends.uniqued {
      let policy = backend.clientPolicy?.tls ?? member.policy?.tls
      if index.service(backend.virtualServiceName) == nil {
        note(.noService(backend.virtualServiceName, for: member.title, at: member.origin))
      }
      let own = self.ports(of: backend.virtualServiceName, policy)
      if own.isEmpty { unanswered.append(backend.virtualServiceName) }
      ports += own
    }
    let byPort = Dictionary(grouping: ports, by: \.port)
    var chains: [FilterChain] = []
    for port in byPort.keys.sorted() {
      chains.append(egressChain(port, byPort[port] ?? [], unanswered))
    }
    let passthrough = passthroughChains(isTLSPortTaken: byPort[Self.tlsPort]?.first?.isTCP ?? false)
    return listener(
      EnvoyNames.egress, egressPort, isLocal: true,
      filters: [.originalDst, .tlsInspector(.only([Self.tlsPort]))], chains: chains + passthrough,
      defaultChain: allowsAll ? passthroughChain("egress_mesh-allow-all", names.allowAll) : nil)
  }

  private mutating func egressChain(
    _ port: UInt16, _ services: [ServicePort], _ unanswered: [String]
  ) -> FilterChain {
    if services.count > 1, services.contains(where: \.isTCP) {
      note(.tcpPort(port, services.map(\.service), at: member.origin))
    }
    if case .tcp(let target, let idleTimeout) = services.first?.traffic {
      return FilterChain(
        name: EnvoyNames.filterChain(EnvoyNames.egress, .tcp, port),
        match: .init(destinationPort: port),
        filters: tcpProxy(EnvoyNames.egress, target, idleTimeout: idleTimeout))
    }
    var hosts = services.map { virtualHost($0.service, port, $0.routes ?? []) }
    hosts += unanswered.map { virtualHost($0, port, []) }
    if allowsAll {
      // The application waits as long as it would without Envoy.
      hosts.append(
        VirtualHost(
          name: Self.allowAllHost, domains: ["*"], routes: [Route(to: .cluster(names.allowAll))]))
    }
    return FilterChain(
      name: EnvoyNames.filterChain(EnvoyNames.egress, .http, port),
      match: .init(
        destinationPort: port, transportProtocol: port == Self.tlsPort ? .rawBuffer : nil),
      filters: httpConnectionManager(EnvoyNames.egress, port: port, hosts))
  }

  /// Connections to the address that the application dialled.
  private mutating func passthroughChains(isTLSPortTaken: Bool) -> [FilterChain] {
    otherClusters.append(originalDestination(names.amazonAWS))
    var amazon = passthroughChain("egress_amazonaws", names.amazonAWS)
    amazon.match = .init(destinationPort: Self.tlsPort, serverNames: ["*.amazonaws.com"])
    guard allowsAll else { return [amazon] }
    otherClusters.append(originalDestination(names.allowAll))
    guard !isTLSPortTaken else { return [amazon] }
    // Envoy never goes back to the default chain from a port that a chain names.
    var others = passthroughChain("egress_mesh-allow-all_443", names.allowAll)
    others.match = .init(destinationPort: Self.tlsPort)
    return [amazon, others]
  }

  private func passthroughChain(_ name: String, _ cluster: String) -> FilterChain {
    FilterChain(name: name, filters: tcpProxy(EnvoyNames.egress, .cluster(cluster)))
  }

  private func originalDestination(_ name: String) -> Cluster {
    var cluster = Cluster(name: name, discovery: .originalDst, httpVersion: .likeDownstream)
    cluster.circuitBreakers = defaults.circuitBreakers
    return cluster
  }

  func virtualHost(_ service: String, _ port: UInt16, _ routes: [Route]) -> VirtualHost {
    VirtualHost(name: service, domains: [service, "\(service):\(port)"], routes: routes)
  }
}

extension [Backend] {
  /// By name of the service, each once.
  fileprivate var uniqued: [Backend] {
    var seen: Set<String> = []
    return filter { seen.insert($0.virtualServiceName).inserted }
      .sorted { $0.virtualServiceName < $1.virtualServiceName }
  }
}

extension Loss {
  fileprivate static func tcpPort(
    _ port: UInt16, _ services: [String], at origin: Origin
  ) -> Loss {
    let names = services.map { "'\($0)'" }.joined(separator: ", ")
    return .init(
      .tcpPort,
      "\(names) share port \(port), and one of them is TCP: raw TCP carries no host name, so it "
        + "would get the connections of all",
      at: origin)
  }
}
