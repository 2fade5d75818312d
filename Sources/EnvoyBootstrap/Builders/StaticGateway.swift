public import LosslessJSON

/// An Envoy without an application, which takes requests from outside and sends them to services.
///
/// Requests whose host is the name of an upstream go to that upstream. All others go to the first one.
/// Raw TCP has no host name, so a `tcp` upstream must be the only upstream and gets every connection.
public struct StaticGateway: BootstrapBuilder {
  public var server: ServerSettings
  /// The ports to listen on, on every IPv4 address.
  public var ports: [UInt16]
  public var upstreams: [Upstream]
  /// How many proxies in front of this one are trusted to report the client's address and protocol.
  public var trustedHops: Int
  /// Envoy answers requests to this path itself: 200, or 503 while it drains. If `nil`, every path goes to
  /// an upstream.
  public var healthCheckPath: String?

  public init(
    server: ServerSettings, ports: [UInt16] = [3000], upstreams: [Upstream], trustedHops: Int = 0,
    healthCheckPath: String? = nil
  ) {
    self.server = server
    self.ports = ports
    self.upstreams = upstreams
    self.trustedHops = trustedHops
    self.healthCheckPath = healthCheckPath
  }

  /// - Throws: a problem if there is no port or no upstream, if a port or a name is used twice, or if a
  /// `tcp` upstream is not the only one.
  public func check() throws(Problem) {
    try checkTraffic()
    _ = try server.tracingProvider()
    try server.check()
  }

  public var callsAWS: Bool { upstreams.contains { $0.certificateCluster != nil } }

  public func bootstrap() throws(Problem) -> Bootstrap {
    try check()
    let tracing = try server.tracingProvider()
    var bootstrap = try server.bootstrap()
    bootstrap.listeners += ports.map { listener($0, tracing) }
    bootstrap.clusters += upstreams.map(\.cluster)
    bootstrap.clusters += upstreams.certificateClusters
    return bootstrap
  }

  private func checkTraffic() throws(Problem) {
    guard !ports.isEmpty else { throw Problem(.gatewayWithoutPort) }
    guard !upstreams.isEmpty else { throw Problem(.gatewayWithoutUpstream) }
    var owners: [UInt16: String] = [:]
    for (role, port) in server.ports + ports.map({ ("gateway", $0) }) {
      guard port > 0 else { throw Problem(.portZero, ["role": role]) }
      if let other = owners.updateValue(role, forKey: port) {
        throw .portTakenTwice(port, other, role)
      }
    }
    try checkUpstreams(upstreams, reserved: Set(server.clusters.map(\.name)))
    if upstreams.count > 1, let tcp = upstreams.first(where: { $0.serviceProtocol == .tcp }) {
      throw Problem(.tcpNotAlone, ["name": tcp.name])
    }
  }

  private func listener(_ port: UInt16, _ tracing: TracingProvider?) -> Listener {
    let prefix = "gateway_\(port)"
    let filter: NetworkFilter
    if let tcp = upstreams.first(where: { $0.serviceProtocol == .tcp }) {
      filter = .tcpProxy(
        .init(statPrefix: prefix, cluster: tcp.name, accessLogs: logging.ofConnections(.inbound)))
    } else {
      filter = .httpConnectionManager(manager(prefix, tracing))
    }
    return Listener(
      name: prefix, address: .any(port), trafficDirection: .inbound,
      filterChains: [FilterChain(name: prefix, filters: filter)])
  }

  /// The settings are those of Envoy's guide for edge proxies, except its timeouts: the upstreams decide
  /// how long they wait for slow clients
  /// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/best_practices/edge>).
  private func manager(_ prefix: String, _ tracing: TracingProvider?) -> HTTPConnectionManager {
    var manager = HTTPConnectionManager(
      statPrefix: prefix, virtualHosts: virtualHosts, tracing: tracing,
      accessLogs: logging.ofRequests(.inbound, traced: tracing != nil))
    manager.healthCheckPath = healthCheckPath
    manager.forwardedFor = .judged(trustedHops: trustedHops)
    manager.pathNormalization = .redirectingEscapedSlashes
    manager.refusesUnderscores = true
    manager.isTransparent = true
    return manager
  }

  private var logging: AccessLogging { server.accessLogging ?? AccessLogging() }

  private var virtualHosts: [VirtualHost] {
    upstreams.enumerated().map { index, upstream in
      VirtualHost(
        name: upstream.name, domains: index == 0 ? [upstream.name, "*"] : [upstream.name],
        routes: [upstream.route])
    }
  }
}

extension Rule {
  fileprivate static let gatewayWithoutPort = error(
    "gateway-without-port",
    "The gateway does not listen on any port, so no client can reach it.",
    fix: "Give it at least one port, such as \(.gatewayPorts, "3000").")

  fileprivate static let gatewayWithoutUpstream = error(
    "gateway-without-upstream",
    "The gateway does not have an upstream, so it would answer every request with 404.",
    fix: "Give it at least one, such as \(.upstreams, "web=web.internal:8080").")

  fileprivate static let tcpNotAlone = error(
    "tcp-not-alone",
    """
    The gateway has upstream '{name}' (tcp) and others. Raw TCP does not carry a host name to \
    choose an upstream by.
    """,
    fix: "Run a separate gateway for '{name}'.")
}
