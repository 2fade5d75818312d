public import LosslessJSON

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
  public func bootstrap() throws(Problem) -> Bootstrap {
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

extension AppPort {
  /// Where load balancers may ask whether this task takes requests: 200, or 503 once it drains.
  /// Envoy answers; whether the application works is for another check to find out.
  public static let healthCheckPath = "/envoy/healthz"

  static let clusterPrefix = "app_"

  /// The application at this port. A fixed address: one that is taken from the connection would
  /// let a peer that dials the ingress port make Envoy connect to itself without end.
  var cluster: Cluster {
    let version = isSniffed ? Cluster.HTTPVersion.likeDownstream : serviceProtocol?.httpVersion
    return Cluster(
      name: Self.clusterPrefix + number.text, discovery: .local(number),
      httpVersion: version, idleTimeout: version == nil ? nil : Cluster.localIdleTimeout)
  }

  fileprivate var isTCP: Bool { cluster.httpVersion == nil }
}

extension StaticSidecar {
  private static let httpChain = "ingress_http"
  private static let tcpChain = "ingress_tcp"

  /// One chain for HTTP and one for the rest, however many ports there are: a chain for each port
  /// took 4 KiB of the 64 KiB that ECS allows. What was sent to the ingress port itself, or to any
  /// other that is not the application's, has no chain, or no cluster in the second, and is closed.
  func ingress(_ tracing: TracingProvider?) -> Listener {
    let isSniffing = appPorts.contains(where: \.isSniffed)
    let http = appPorts.allSatisfy(\.isTCP) ? [] : [httpIngress(tracing)]
    let tcp = appPorts.contains { $0.isTCP || $0.isSniffed } ? [Self.tcpIngress] : []
    return Listener(
      name: "ingress",
      address: .any(ingressPort),
      trafficDirection: .inbound,
      listenerFilters: [.originalDst] + (isSniffing ? [.httpInspector(sniffedPorts)] : []),
      filterChainMatcher: .init(
        httpChain: isSniffing ? Self.httpChain : nil,
        ports: appPorts.filter { !$0.isSniffed }.map {
          .init($0.number, chain: $0.isTCP ? Self.tcpChain : Self.httpChain)
        },
        otherChain: isSniffing ? Self.tcpChain : nil),
      filterChains: http + tcp)
  }

  /// A port that is not known yet can't be named in a range: then what is not sniffed is named.
  private var sniffedPorts: PortSet {
    let sniffed = appPorts.filter(\.isSniffed).map(\.number.value)
    guard sniffed.contains(nil) else { return .only(Set(sniffed.compactMap { $0 })) }
    let others = appPorts.filter { !$0.isSniffed }.compactMap(\.number.value)
    return .allExcept(AppPort.opaque.union(others))
  }

  /// No time-out, because the application had none. A load balancer's `x-forwarded-for` stays
  /// untouched, so that applications find the client at the place where it was.
  private func httpIngress(_ tracing: TracingProvider?) -> FilterChain {
    let routes = appPorts.filter { !$0.isTCP }.map {
      Route(.destinationCluster($0.cluster.name), to: .cluster($0.cluster.name))
    }
    let app = VirtualHost(name: "app", domains: ["*"], routes: routes)
    return FilterChain(
      name: Self.httpChain,
      filters: Self.destinationCluster,
      .httpConnectionManager(
        .init(
          statPrefix: Self.httpChain, virtualHosts: [app],
          healthCheckPath: AppPort.healthCheckPath, tracing: tracing,
          setsMissingForwardedFor: true)))
  }

  private static let tcpIngress = FilterChain(
    name: tcpChain,
    filters: destinationCluster,
    // The name of a cluster must be given; it is never looked at.
    .tcpProxy(.init(statPrefix: tcpChain, cluster: "app")))

  private static let destinationCluster = NetworkFilter.destinationCluster(
    .init(prefix: AppPort.clusterPrefix))
}
