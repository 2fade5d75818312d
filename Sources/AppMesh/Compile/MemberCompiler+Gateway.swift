internal import EnvoyBootstrap

/// A gateway does its work in two hops: its routes choose a virtual service and rewrite requests,
/// and send them to its own egress listener, where the service's routes choose a node. What a
/// rewritten path matches cannot be said in one table.
extension MemberCompiler {
  /// Names the virtual service for the second hop.
  static let serviceHeader = "x-app-mesh-virtual-service"

  mutating func listeners(of gateway: VirtualGateway, egressPort: UInt16) -> [Listener] {
    let sorted = gateway.listeners.sorted { $0.portMapping.port < $1.portMapping.port }
    let hops = secondHops(of: gateway)
    ingressClusters = sorted.map { listener in
      selfRedirect(gateway, listener, egressPort: egressPort)
    }
    let listeners = zip(sorted, ingressClusters.map(\.name)).map { listener, cluster in
      ingress(of: gateway, listener, to: cluster, hops)
    }
    return listeners + [egress(hops, on: egressPort)]
  }

  private mutating func ingress(
    of gateway: VirtualGateway, _ gatewayListener: GatewayListener, to cluster: String,
    _ hops: SecondHops
  ) -> Listener {
    let mapping = gatewayListener.portMapping
    let hosts = gatewayHosts(
      gateway.routes.filter { $0.match.port == nil || $0.match.port == mapping.port }, to: cluster,
      hops)
    var filter = httpConnectionManager(EnvoyNames.ingress, port: mapping.port, hosts)
    if case .httpConnectionManager(var manager) = filter {
      manager.ignoresPortInHost = hosts.count > 1
      filter = .httpConnectionManager(manager)
    }
    let chain = FilterChain(
      name: EnvoyNames.filterChain(EnvoyNames.ingress, mapping.protocol, mapping.port),
      filters: filter)
    let isPermissive = gatewayListener.tls?.mode == .permissive
    return listener(
      EnvoyNames.ingress, mapping.port, isLocal: false,
      filters: isPermissive ? [.tlsInspector(.allExcept([]))] : [],
      chains: secured(chain, gatewayListener.tls, mapping.protocol))
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
    cluster.circuitBreakers = circuitBreakers(listener.connectionPool)
    return cluster
  }

  private func egress(_ hops: SecondHops, on egressPort: UInt16) -> Listener {
    let hosts = hops.virtualHosts(egressPort)
    let chain = FilterChain(
      name: EnvoyNames.filterChain(EnvoyNames.egress, .http, egressPort),
      filters: httpConnectionManager(EnvoyNames.egress, port: egressPort, hosts))
    return listener(EnvoyNames.egress, egressPort, isLocal: true, filters: [], chains: [chain])
  }
}
