internal import EnvoyBootstrap
internal import LosslessJSON

/// Compiles the egress listener of a node: what its application may call.
struct EgressCompiler {
  let compilation: EnvoyCompilation
  private var index: MeshIndex { compilation.index }
  private var names: EnvoyNames { compilation.names }
  private var parts: ListenerParts { ListenerParts(compilation: compilation) }

  /// The only port where connections are selected by TLS server name. Inspecting connections to other
  /// ports would delay servers that speak first.
  private static let tlsPort: UInt16 = 443

  private static let allowAllHost = "mesh_allow_all"

  private var allowsAll: Bool { index.mesh.egressFilter == .allowAll }

  /// The listener is on the loopback interface, where iptables redirects connections to. If it were on the
  /// task's address, a peer that dials this port would make Envoy connect to itself endlessly.
  func egress(to backends: [Backend], on egressPort: UInt16) -> Listener {
    var ports: [ServicePort] = []
    var unanswered: [String] = []
    for backend in backends.uniqued {
      let policy = backend.clientPolicy?.tls ?? compilation.profile.policy?.tls
      if index.service(backend.virtualServiceName) == nil {
        compilation.note(
          MissingPart.service(
            backend.virtualServiceName, for: compilation.profile.title,
            at: compilation.profile.origin))
      }
      let own = ServiceCompiler(compilation: compilation)
        .ports(of: backend.virtualServiceName, policy)
      if own.isEmpty { unanswered.append(backend.virtualServiceName) }
      ports += own
    }
    let byPort = Dictionary(grouping: ports, by: \.port)
    var chains: [FilterChain] = []
    for port in byPort.keys.sorted() {
      chains.append(egressChain(port, byPort[port] ?? [], unanswered))
    }
    let passthrough = passthroughChains(isTLSPortTaken: byPort[Self.tlsPort]?.first?.isTCP ?? false)
    return parts.listener(
      EnvoyNames.egress, egressPort, isLocal: true,
      filters: [.originalDst, .tlsInspector(.only([Self.tlsPort]))], chains: chains + passthrough,
      defaultChain: allowsAll ? passthroughChain("egress_mesh-allow-all", names.allowAll) : nil)
  }

  private func egressChain(
    _ port: UInt16, _ services: [ServicePort], _ unanswered: [String]
  ) -> FilterChain {
    if services.count > 1, services.contains(where: \.isTCP) {
      compilation.note(
        Problem(
          Self.tcpPort, ["services": services.map(\.service).quotedList, "port": "\(port)"],
          at: compilation.profile.origin))
    }
    if case .tcp(let target, let idleTimeout) = services.first?.traffic {
      return FilterChain(
        name: EnvoyNames.filterChain(EnvoyNames.egress, .tcp, port),
        match: .init(destinationPort: port),
        filters: parts.tcpProxy(EnvoyNames.egress, target, idleTimeout: idleTimeout))
    }
    var hosts = services.map { virtualHost($0.service, port, $0.routes ?? []) }
    hosts += unanswered.map { virtualHost($0, port, []) }
    if allowsAll {
      // No timeout: the application waits as long as it would without Envoy.
      hosts.append(
        VirtualHost(
          name: Self.allowAllHost, domains: ["*"], routes: [Route(to: .cluster(names.allowAll))]))
    }
    return FilterChain(
      name: EnvoyNames.filterChain(EnvoyNames.egress, .http, port),
      match: .init(
        destinationPort: port, transportProtocol: port == Self.tlsPort ? .rawBuffer : nil),
      filters: parts.httpConnectionManager(EnvoyNames.egress, port: port, hosts))
  }

  /// The filter chains for connections to the address that the application dialed.
  private func passthroughChains(isTLSPortTaken: Bool) -> [FilterChain] {
    compilation.add(originalDestination(names.amazonAWS))
    var amazon = passthroughChain("egress_amazonaws", names.amazonAWS)
    amazon.match = .init(destinationPort: Self.tlsPort, serverNames: ["*.amazonaws.com"])
    guard allowsAll else { return [amazon] }
    compilation.add(originalDestination(names.allowAll))
    guard !isTLSPortTaken else { return [amazon] }
    // Once a chain names a port, Envoy does not use the default chain for that port.
    var others = passthroughChain("egress_mesh-allow-all_443", names.allowAll)
    others.match = .init(destinationPort: Self.tlsPort)
    return [amazon, others]
  }

  private func passthroughChain(_ name: String, _ cluster: String) -> FilterChain {
    FilterChain(
      name: name,
      filters: parts.tcpProxy(EnvoyNames.egress, .cluster(cluster), idleTimeout: .zero))
  }

  private func originalDestination(_ name: String) -> Cluster {
    var cluster = Cluster.perClient(name, .originalDst(), .likeDownstream)
    cluster.circuitBreakers = compilation.defaults.circuitBreakers
    return cluster
  }

  private func virtualHost(_ service: String, _ port: UInt16, _ routes: [Route]) -> VirtualHost {
    VirtualHost(name: service, domains: [service, "\(service):\(port)"], routes: routes)
  }
}

extension [Backend] {
  /// The backends in the order of their services' names, without duplicates.
  fileprivate var uniqued: [Backend] {
    var seen: Set<String> = []
    return filter { seen.insert($0.virtualServiceName).inserted }
      .sorted { $0.virtualServiceName < $1.virtualServiceName }
  }
}

extension EgressCompiler {
  static let rules = [tcpPort]

  private static let tcpPort = Rule.error(
    "tcp-port",
    "Services {services} share port {port}, and one of them is TCP. TCP connections carry no host "
      + "name, so that service would get the connections of all.",
    fix: "Give the services' routers different ports.")
}
