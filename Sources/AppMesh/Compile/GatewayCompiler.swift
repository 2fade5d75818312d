internal import EnvoyBootstrap

/// Compiles the listeners of a virtual gateway.
///
/// A gateway works in two hops. Its routes choose a virtual service, rewrite requests, and send them
/// to the gateway's own egress listener, where the service's routes choose a node. One route table
/// cannot do both, because Envoy does not match a path again after it was rewritten.
struct GatewayCompiler {
  /// The header that names the virtual service for the second hop.
  static let serviceHeader = "x-app-mesh-virtual-service"

  let compilation: EnvoyCompilation
  private var names: EnvoyNames { compilation.names }
  private var parts: ListenerParts { ListenerParts(compilation: compilation) }

  func listeners(of gateway: VirtualGateway, egressPort: UInt16) -> [Listener] {
    let sorted = gateway.listeners.sorted { $0.portMapping.port < $1.portMapping.port }
    let hops = SecondHops(of: gateway, compilation)
    let clusters = sorted.map { listener in
      selfRedirect(gateway, listener, egressPort: egressPort)
    }
    compilation.ingressClusters = clusters
    let listeners = zip(sorted, clusters.map(\.name)).map { listener, cluster in
      ingress(of: gateway, listener, to: cluster, hops)
    }
    return listeners + [egress(hops, on: egressPort)]
  }

  private func ingress(
    of gateway: VirtualGateway, _ gatewayListener: GatewayListener, to cluster: String,
    _ hops: SecondHops
  ) -> Listener {
    let mapping = gatewayListener.portMapping
    let hosts = GatewayHosts(compilation: compilation, cluster: cluster, hops: hops).hosts(
      of: gateway.routes.filter { $0.match.port == nil || $0.match.port == mapping.port })
    var filter = parts.httpConnectionManager(EnvoyNames.ingress, port: mapping.port, hosts)
    if case .httpConnectionManager(var manager) = filter {
      manager.ignoresPortInHost = hosts.count > 1
      filter = .httpConnectionManager(manager)
    }
    let chain = FilterChain(
      name: EnvoyNames.filterChain(EnvoyNames.ingress, mapping.protocol, mapping.port),
      filters: filter)
    let isPermissive = gatewayListener.tls?.mode == .permissive
    return parts.listener(
      EnvoyNames.ingress, mapping.port, isLocal: false,
      filters: isPermissive ? [.tlsInspector(.allExcept([]))] : [],
      chains: TLSCompiler(compilation: compilation).secured(
        chain, gatewayListener.tls, mapping.protocol))
  }

  private func selfRedirect(
    _ gateway: VirtualGateway, _ listener: GatewayListener, egressPort: UInt16
  ) -> Cluster {
    var cluster = Cluster(
      name: names.selfRedirect(
        listener, of: gateway.name, isOnly: gateway.listeners.count == 1, egressPort: egressPort),
      discovery: .fixed(.loopback(egressPort)),
      httpVersion: listener.portMapping.protocol.upstreamVersion)
    cluster.connectTimeout = .milliseconds(250)
    cluster.circuitBreakers = compilation.circuitBreakers(listener.connectionPool)
    return cluster
  }

  private func egress(_ hops: SecondHops, on egressPort: UInt16) -> Listener {
    let hosts = hops.virtualHosts(egressPort)
    let chain = FilterChain(
      name: EnvoyNames.filterChain(EnvoyNames.egress, .http, egressPort),
      filters: parts.httpConnectionManager(EnvoyNames.egress, port: egressPort, hosts))
    return parts.listener(
      EnvoyNames.egress, egressPort, isLocal: true, filters: [], chains: [chain])
  }
}
