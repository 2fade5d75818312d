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
