internal import EnvoyBootstrap

/// Compiles the ingress listener of a node, which receives the requests for its application.
struct IngressCompiler {
  let compilation: EnvoyCompilation
  private var names: EnvoyNames { compilation.names }
  private var parts: ListenerParts { ListenerParts(compilation: compilation) }

  /// - Returns: `nil` if the node does not have listeners.
  func ingress(of node: VirtualNode, on ingressPort: UInt16) -> Listener? {
    guard !node.listeners.isEmpty else { return nil }
    let listeners = node.listeners.sorted { $0.portMapping.port < $1.portMapping.port }
    compilation.ingressClusters = listeners.map { application(node.name, $0) }
    let chains = listeners.flatMap { ingressChains(node.name, $0) }
    let permissive = listeners.filter { $0.tls?.mode == .permissive }.map(\.portMapping.port)
    return parts.listener(
      EnvoyNames.ingress, ingressPort, isLocal: false,
      filters: [.originalDst] + (permissive.isEmpty ? [] : [.tlsInspector(.only(Set(permissive)))]),
      chains: chains)
  }

  private func ingressChains(_ node: String, _ listener: NodeListener) -> [FilterChain] {
    let mapping = listener.portMapping
    let application = names.application(node, mapping)
    let filter: NetworkFilter
    if mapping.protocol == .tcp {
      filter = parts.tcpProxy(
        EnvoyNames.ingress, .cluster(application), idleTimeout: listener.timeout?.idle)
    } else {
      let route = Route(
        to: .cluster(application),
        timeout: .response(RequestTimeout.perRequest(listener.timeout)),
        idleTimeout: listener.timeout?.idle)
      let host = VirtualHost(name: "*", domains: ["*"], routes: [route])
      filter = parts.httpConnectionManager(EnvoyNames.ingress, port: mapping.port, [host])
    }
    return TLSCompiler(compilation: compilation).secured(
      FilterChain(
        name: EnvoyNames.filterChain(EnvoyNames.ingress, mapping.protocol, mapping.port),
        match: .init(destinationPort: mapping.port), filters: filter),
      listener.tls, mapping.protocol)
  }

  /// The address is fixed. If it were taken from the connection, a peer that dials the ingress port
  /// could make Envoy connect to itself endlessly.
  private func application(_ node: String, _ listener: NodeListener) -> Cluster {
    let mapping = listener.portMapping
    let prefersIPv6 = [.ipv6Preferred, .ipv6Only].contains(compilation.profile.ipPreference)
    var cluster = Cluster(
      name: names.application(node, mapping),
      discovery: .fixed(.init(prefersIPv6 ? "::1" : "127.0.0.1", mapping.port)),
      httpVersion: mapping.protocol.upstreamVersion)
    cluster.connectTimeout = .milliseconds(250)
    cluster.circuitBreakers = compilation.circuitBreakers(listener.connectionPool)
    return cluster
  }
}

extension EnvoyCompilation {
  func circuitBreakers(_ pool: ConnectionPool?) -> CircuitBreakers {
    var breakers = defaults.circuitBreakers
    switch pool {
    case .http(let maxConnections, let maxPendingRequests):
      breakers.maxConnections = maxConnections
      breakers.maxPendingRequests = maxPendingRequests ?? CircuitBreakers.unlimited
    case .http2(let maxRequests), .grpc(let maxRequests): breakers.maxRequests = maxRequests
    case .tcp(let maxConnections): breakers.maxConnections = maxConnections
    case nil: break
    }
    return breakers
  }
}
