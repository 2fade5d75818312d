extension AppPort {
  /// Where load balancers may ask whether this task takes requests: 200, or 503 once it drains.
  /// Envoy answers; whether the application works is for another check to find out.
  public static let healthCheckPath = "/envoy/healthz"

  /// The application at this port. A fixed address: one that is taken from the connection would
  /// let a peer that dials the ingress port make Envoy connect to itself without end.
  var cluster: Cluster {
    let version = isSniffed ? Cluster.HTTPVersion.likeDownstream : serviceProtocol?.httpVersion
    return Cluster(
      name: "app_\(number)", discovery: .fixed(.loopback(number)), httpVersion: version,
      idleTimeout: version == nil ? nil : Cluster.localIdleTimeout)
  }

  /// Chosen by the port that the client dialled; what was sent to the ingress port itself has no
  /// chain and is closed.
  func filterChains(_ tracing: TracingProvider?) -> [FilterChain] {
    let prefix = "ingress_\(number)"
    let tcp = FilterChain(
      name: prefix + "_tcp",
      match: .init(destinationPort: number),
      filter: .tcpProxy(.init(statPrefix: prefix + "_tcp", cluster: cluster.name)))
    let http = FilterChain(
      name: prefix,
      match: .init(destinationPort: number, isHTTP: isSniffed),
      filter: .httpConnectionManager(manager(prefix, tracing)))
    if isSniffed { return [http, tcp] }
    return cluster.httpVersion == nil ? [tcp] : [http]
  }

  /// No time-out, because the application had none. A load balancer's `x-forwarded-for` stays
  /// untouched, so that applications find the client at the place where it was.
  private func manager(_ prefix: String, _ tracing: TracingProvider?) -> HTTPConnectionManager {
    let app = VirtualHost(
      name: cluster.name, domains: ["*"], routes: [Route(to: .cluster(cluster.name))])
    return HTTPConnectionManager(
      statPrefix: prefix, virtualHosts: [app], healthCheckPath: Self.healthCheckPath,
      tracing: tracing, setsMissingForwardedFor: true)
  }
}
