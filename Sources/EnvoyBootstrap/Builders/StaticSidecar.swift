/// An Envoy beside an application, with a configuration that needs no server.
///
/// The task's traffic is redirected to it: connections to the application's ports to the ingress
/// listener, connections that the application opens to the egress listener.
public struct StaticSidecar: Hashable, Sendable {
  public var server: ServerSettings
  public var appPorts: [AppPort]
  public var upstreams: [Upstream]
  public var ingressPort: UInt16
  public var egressPort: UInt16

  public init(
    server: ServerSettings,
    appPorts: [AppPort],
    upstreams: [Upstream] = [],
    ingressPort: UInt16 = 15000,
    egressPort: UInt16 = 15001
  ) {
    self.server = server
    self.appPorts = appPorts
    self.upstreams = upstreams
    self.ingressPort = ingressPort
    self.egressPort = egressPort
  }

  /// - Throws: when two things want the same port or name, or a number is out of its range.
  public func bootstrap() throws(BootstrapError) -> Bootstrap {
    try checkPorts()
    try checkUpstreams(upstreams, reserved: reservedClusters)
    let tracing = try server.tracingProvider()
    var bootstrap = try server.bootstrap()
    if !appPorts.isEmpty { bootstrap.listeners.append(ingress(tracing)) }
    bootstrap.listeners.append(egress(tracing))
    bootstrap.clusters += appPorts.map(\.cluster) + upstreams.map(\.cluster) + [.passthrough]
    return bootstrap
  }

  private var reservedClusters: Set<String> {
    let tracing = server.tracing?.clusters ?? []
    return Set((appPorts.map(\.cluster) + tracing + [.passthrough]).map(\.name))
  }

  /// On the loopback interface, where iptables redirects to: a peer that dialled this port on the
  /// task's address would make Envoy connect to itself without end.
  private func egress(_ tracing: TracingProvider?) -> Listener {
    let byPort = upstreams.filter(\.isByPort)
    let opaque = AppPort.opaque.union(byPort.map(\.endpoint.port))
    let byServerName = upstreams.filter(\.isByServerName)
    return Listener(
      name: "egress",
      address: .loopback(egressPort),
      trafficDirection: .outbound,
      listenerFilters: [
        .originalDst,
        .tlsInspector(.only([Upstream.tlsPort])),
        .httpInspector(.allExcept(opaque)),
      ],
      filterChains: (byPort + byServerName).map(\.egressChain) + [httpEgress(tracing)],
      defaultFilterChain: FilterChain(
        name: "egress_tcp",
        filters: .tcpProxy(.init(statPrefix: "egress_tcp", cluster: Cluster.passthrough.name))))
  }

  private func httpEgress(_ tracing: TracingProvider?) -> FilterChain {
    let passthrough = Route.Target.cluster(Cluster.passthrough.name)
    let tunnel = Route(.connect, to: passthrough)
    let named = upstreams.filter { $0.serviceProtocol != .tcp }
    let hosts = named.map {
      VirtualHost(name: $0.name, domains: [$0.name], routes: [$0.route, tunnel])
    }
    let others = VirtualHost(
      name: Cluster.passthrough.name, domains: ["*"], routes: [Route(to: passthrough), tunnel])
    return FilterChain(
      name: "egress_http",
      match: .init(transportProtocol: .rawBuffer, isHTTP: true),
      filters: .httpConnectionManager(
        .init(
          statPrefix: "egress_http", virtualHosts: hosts + [others], tracing: tracing,
          isTransparent: true)))
  }
}

extension Upstream {
  /// The chain of a `tcp` upstream.
  fileprivate var egressChain: FilterChain {
    let prefix = "egress_" + name
    return FilterChain(
      name: prefix,
      match: isByServerName
        ? .init(serverNames: [name]) : .init(destinationPort: endpoint.port),
      filters: .tcpProxy(.init(statPrefix: prefix, cluster: name)))
  }
}
