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
  /// Ports of outbound connections in which Envoy looks for HTTP, besides ``AppPort/likelyHTTP`` and
  /// the ports of HTTP upstreams.
  public var egressHTTPPorts: Set<UInt16>
  /// Ports of outbound connections in which Envoy never looks for HTTP.
  public var egressTCPPorts: Set<UInt16>
  /// Requests to this path are answered by Envoy: 200, or 503 once it drains; `nil`: every path is
  /// the application's.
  public var healthCheckPath: String?

  public init(
    server: ServerSettings,
    appPorts: [AppPort],
    upstreams: [Upstream] = [],
    ingressPort: UInt16 = 15000,
    egressPort: UInt16 = 15001,
    egressHTTPPorts: Set<UInt16> = [],
    egressTCPPorts: Set<UInt16> = [],
    healthCheckPath: String? = nil
  ) {
    self.server = server
    self.appPorts = appPorts
    self.upstreams = upstreams
    self.ingressPort = ingressPort
    self.egressPort = egressPort
    self.egressHTTPPorts = egressHTTPPorts
    self.egressTCPPorts = egressTCPPorts
    self.healthCheckPath = healthCheckPath
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
    let byServerName = upstreams.filter(\.isByServerName)
    return Listener(
      name: "egress",
      address: .loopback(egressPort),
      trafficDirection: .outbound,
      listenerFilters: [
        .originalDst,
        .tlsInspector(.only([Upstream.tlsPort])),
        .httpInspector(.only(sniffedEgressPorts)),
      ],
      filterChains: (byPort + byServerName).map(\.egressChain) + [httpEgress(tracing)],
      defaultFilterChain: FilterChain(
        name: "egress_tcp",
        filters: .tcpProxy(.init(statPrefix: "egress_tcp", cluster: Cluster.passthrough.name))))
  }

  /// On every other port a connection is plain TCP from its first byte. Looking for HTTP costs a
  /// client that sends little and closes its data, and a server that speaks first half a second.
  private var sniffedEgressPorts: Set<UInt16> {
    let http = upstreams.filter { $0.serviceProtocol != .tcp }.map(\.endpoint.port)
    let tcp = upstreams.filter(\.isByPort).map(\.endpoint.port)
    return AppPort.likelyHTTP.union(http).union(egressHTTPPorts)
      .subtracting(tcp).subtracting(egressTCPPorts)
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

  /// The application at this port, at the address that the client dialled: an application may
  /// listen on that one only, and should not take its peers for processes of its own task. The port
  /// is fixed, so a peer that dials the ingress port cannot make Envoy connect to itself.
  var cluster: Cluster {
    let version = isSniffed ? Cluster.HTTPVersion.likeDownstream : serviceProtocol?.httpVersion
    var cluster = Cluster(
      name: Self.clusterPrefix + number.text, discovery: .originalDst(port: number),
      httpVersion: version, idleTimeout: version == nil ? nil : Cluster.ownIdleTimeout,
      tcpKeepaliveSeconds: Cluster.tcpKeepaliveSeconds)
    cluster.hasPoolPerClient = version != nil
    return cluster
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
    let routes = appPorts.filter { !$0.isTCP }.flatMap { port in
      [RouteMatch.prefix("/"), .connect].map { match in
        Route(match.to(destinationCluster: port.cluster.name), to: .cluster(port.cluster.name))
      }
    }
    let app = VirtualHost(name: "app", domains: ["*"], routes: routes)
    return FilterChain(
      name: Self.httpChain,
      filters: Self.destinationCluster,
      .httpConnectionManager(
        .init(
          statPrefix: Self.httpChain, virtualHosts: [app],
          healthCheckPath: healthCheckPath, tracing: tracing,
          addsForwardedFor: true, isTransparent: true)))
  }

  private static let tcpIngress = FilterChain(
    name: tcpChain,
    filters: destinationCluster,
    // The name of a cluster must be given; it is never looked at.
    .tcpProxy(.init(statPrefix: tcpChain, cluster: "app")))

  private static let destinationCluster = NetworkFilter.destinationCluster(
    .init(prefix: AppPort.clusterPrefix))
}
