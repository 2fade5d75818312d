public import LosslessJSON

/// An Envoy next to an application, with a static configuration that needs no control plane.
///
/// The task's traffic is redirected to Envoy: connections to the application's ports go to the ingress
/// listener, and connections that the application opens go to the egress listener.
public struct StaticSidecar: BootstrapBuilder {
  public var server: ServerSettings
  public var appPorts: [AppPort]
  public var upstreams: [Upstream]
  public var ingressPort: UInt16
  public var egressPort: UInt16
  /// Destination ports of outbound connections where Envoy looks for HTTP, in addition to
  /// ``AppPort/likelyHTTP`` and the ports of HTTP upstreams.
  public var egressHTTPPorts: Set<UInt16>
  /// Destination ports of outbound connections where Envoy never looks for HTTP.
  public var egressTCPPorts: Set<UInt16>
  /// Envoy answers requests to this path itself: 200, or 503 while it drains. If `nil`, every path goes to
  /// the application.
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

  /// - Throws: a problem if a port or a name is used twice, or a number is out of range.
  public func check() throws(Problem) {
    try checkPorts()
    try checkUpstreams(upstreams, reserved: reservedClusters)
    _ = try server.tracingProvider()
    try server.check()
  }

  public var callsAWS: Bool { upstreams.contains { $0.certificateCluster != nil } }

  public func bootstrap() throws(Problem) -> Bootstrap {
    try check()
    let tracing = try server.tracingProvider()
    var bootstrap = try server.bootstrap()
    if !appPorts.isEmpty { bootstrap.listeners.append(ingress(tracing)) }
    bootstrap.listeners.append(egress(tracing))
    bootstrap.clusters += appPorts.map(\.cluster) + upstreams.map(\.cluster) + [.passthrough]
    bootstrap.clusters += upstreams.certificateClusters
    return bootstrap
  }

  private var reservedClusters: Set<String> {
    Set((appPorts.map(\.cluster) + server.clusters + [.passthrough]).map(\.name))
  }

  /// The listener is on the loopback interface, where iptables redirects connections to. If it were on the
  /// task's address, a peer that dials this port would make Envoy connect to itself in an endless loop.
  private func egress(_ tracing: TracingProvider?) -> Listener {
    let byPort = upstreams.filter(\.isByPort)
    let byServerName = upstreams.filter(\.isByServerName)
    return Listener(
      name: "egress",
      address: .loopback(egressPort),
      trafficDirection: .outbound,
      listenerFilters: [.originalDst] + tlsInspector + [.httpInspector(.only(sniffedEgressPorts))],
      filterChains: (byPort + byServerName).map(chain) + [httpEgress(tracing)],
      defaultFilterChain: FilterChain(
        name: Self.egressTCP,
        filters: .tcpProxy(
          .init(
            statPrefix: Self.egressTCP, cluster: Cluster.passthrough.name,
            accessLogs: logging.ofConnections(.outbound, hasServerName: readsServerNames)))))
  }

  private static let egressTCP = "egress_tcp"

  private var logging: AccessLogging { server.accessLogging ?? AccessLogging() }

  private var readsServerNames: Bool { upstreams.contains(where: \.isByServerName) }

  /// Present only if an upstream is chosen by server name, because the inspector holds up each connection
  /// until the client sends data.
  private var tlsInspector: [ListenerFilter] {
    readsServerNames ? [.tlsInspector(.only([Upstream.tlsPort]))] : []
  }

  /// On every other port a connection is plain TCP from its first byte. Looking for HTTP drops data of a
  /// client that sends a few bytes and closes, and delays a server that speaks first by half a second.
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
    var manager = HTTPConnectionManager(
      statPrefix: "egress_http", virtualHosts: hosts + [others], tracing: tracing,
      accessLogs: logging.ofRequests(.outbound, traced: tracing != nil))
    manager.isTransparent = true
    return FilterChain(
      name: manager.statPrefix,
      match: .init(transportProtocol: readsServerNames ? .rawBuffer : nil, isHTTP: true),
      filters: .httpConnectionManager(manager))
  }

  /// The filter chain of a `tcp` upstream.
  private func chain(of upstream: Upstream) -> FilterChain {
    let prefix = "egress_" + upstream.name
    return FilterChain(
      name: prefix,
      match: upstream.isByServerName
        ? .init(serverNames: [upstream.name]) : .init(destinationPort: upstream.endpoint.port),
      filters: .tcpProxy(
        .init(
          statPrefix: prefix, cluster: upstream.name,
          accessLogs: logging.ofConnections(.outbound, hasServerName: upstream.isByServerName))))
  }
}

extension AppPort {
  static let clusterPrefix = "app_"

  /// The cluster sends connections to this port of the application, at the address that the client dialed.
  /// The application may listen on that address only, and must not mistake its peers for processes of its
  /// own task. The port is fixed, so a peer that dials the ingress port cannot make Envoy connect to itself.
  var cluster: Cluster {
    .perClient(
      Self.clusterPrefix + number.text, .originalDst(port: number),
      isSniffed ? .likeDownstream : serviceProtocol?.httpVersion)
  }

  fileprivate var isTCP: Bool { cluster.httpVersion == nil }
}

extension StaticSidecar {
  private static let httpChain = "ingress_http"
  private static let tcpChain = "ingress_tcp"

  /// Envoy closes connections to the ingress port itself and to ports that do not belong to the application:
  /// no filter chain matches them, or the TCP chain has no cluster for them.
  func ingress(_ tracing: TracingProvider?) -> Listener {
    let isSniffing = appPorts.contains(where: \.isSniffed)
    var listener = Listener(
      name: "ingress",
      address: .any(ingressPort),
      trafficDirection: .inbound,
      listenerFilters: [.originalDst] + (isSniffing ? [.httpInspector(sniffedPorts)] : []),
      filterChains: [])
    if appPorts.count == 1, let port = appPorts.first {
      listener.filterChains = chains(of: port, tracing)
    } else {
      listener.filterChains = sharedChains(tracing)
      listener.filterChainMatcher = matcher(isSniffing: isSniffing)
    }
    return listener
  }

  /// The filter chains if there is only one port. They do not need to record which port was dialed.
  private func chains(of port: AppPort, _ tracing: TracingProvider?) -> [FilterChain] {
    let cluster = port.cluster.name
    let routes = [RouteMatch.prefix("/"), .connect].map { Route($0, to: .cluster(cluster)) }
    var http = FilterChain(
      name: Self.httpChain, match: .init(isHTTP: port.isSniffed),
      filters: .httpConnectionManager(manager(routes, tracing)))
    http.match.destinationPort = port.number
    var tcp = FilterChain(name: Self.tcpChain, filters: tcpProxy(to: cluster))
    tcp.match.destinationPort = port.number
    return (port.isTCP ? [] : [http]) + (port.isTCP || port.isSniffed ? [tcp] : [])
  }

  /// One filter chain for HTTP and one for everything else, for any number of ports. A chain for each port
  /// took 4 KiB of the 64 KiB that ECS allows.
  private func sharedChains(_ tracing: TracingProvider?) -> [FilterChain] {
    let routes = appPorts.filter { !$0.isTCP }.flatMap { port in
      [RouteMatch.prefix("/"), .connect].map { match in
        Route(match.to(destinationCluster: port.cluster.name), to: .cluster(port.cluster.name))
      }
    }
    let http = FilterChain(
      name: Self.httpChain,
      filters: Self.destinationCluster, .httpConnectionManager(manager(routes, tracing)))
    let tcp = FilterChain(
      name: Self.tcpChain,
      // A TCP proxy must name a cluster, but the destination cluster always overrides this one.
      filters: Self.destinationCluster, tcpProxy(to: "app"))
    return (routes.isEmpty ? [] : [http])
      + (appPorts.contains { $0.isTCP || $0.isSniffed } ? [tcp] : [])
  }

  private func matcher(isSniffing: Bool) -> FilterChainMatcher {
    .init(
      httpChain: isSniffing ? Self.httpChain : nil,
      ports: appPorts.filter { !$0.isSniffed }.map {
        .init($0.number, chain: $0.isTCP ? Self.tcpChain : Self.httpChain)
      },
      otherChain: isSniffing ? Self.tcpChain : nil)
  }

  /// A port that is unknown until deployment cannot be part of a range, so in that case the set names the
  /// ports that are not sniffed.
  private var sniffedPorts: PortSet {
    let sniffed = appPorts.filter(\.isSniffed).map(\.number.value)
    guard sniffed.contains(nil) else { return .only(Set(sniffed.compactMap { $0 })) }
    let others = appPorts.filter { !$0.isSniffed }.compactMap(\.number.value)
    return .allExcept(AppPort.opaque.union(others))
  }

  /// Sets no timeout, because the application had none without Envoy.
  private func manager(_ routes: [Route], _ tracing: TracingProvider?) -> HTTPConnectionManager {
    var manager = HTTPConnectionManager(
      statPrefix: Self.httpChain,
      virtualHosts: [VirtualHost(name: "app", domains: ["*"], routes: routes)], tracing: tracing,
      accessLogs: logging.ofRequests(.inbound, traced: tracing != nil))
    manager.healthCheckPath = healthCheckPath
    manager.forwardedFor = .appended
    manager.isTransparent = true
    return manager
  }

  private func tcpProxy(to cluster: String) -> NetworkFilter {
    .tcpProxy(
      .init(
        statPrefix: Self.tcpChain, cluster: cluster,
        accessLogs: logging.ofConnections(.inbound)))
  }

  private static let destinationCluster = NetworkFilter.destinationCluster(
    .init(prefix: AppPort.clusterPrefix))
}
