public import LosslessJSON

/// An Envoy alone: it takes requests from outside and sends them to services.
///
/// Requests whose host is the name of an upstream go there; all others go to the first upstream.
/// Raw TCP carries no host name, so a `tcp` upstream must be the only one: it gets everything.
public struct StaticGateway: Hashable, Sendable {
  public var server: ServerSettings
  /// The ports to listen on, on every IPv4 address.
  public var ports: [UInt16]
  public var upstreams: [Upstream]

  public init(server: ServerSettings, ports: [UInt16] = [3000], upstreams: [Upstream]) {
    self.server = server
    self.ports = ports
    self.upstreams = upstreams
  }

  /// - Throws: when there is nowhere to listen or to send to, or two things want the same port or
  ///   name, or a `tcp` upstream is not alone.
  public func bootstrap() throws(Problem) -> Bootstrap {
    try check()
    let tracing = try server.tracingProvider()
    var bootstrap = try server.bootstrap()
    bootstrap.listeners = ports.map { listener($0, tracing) }
    bootstrap.clusters += upstreams.map(\.cluster)
    return bootstrap
  }

  private func check() throws(Problem) {
    guard !ports.isEmpty else { throw Problem(.gatewayWithoutPort) }
    guard !upstreams.isEmpty else { throw Problem(.gatewayWithoutUpstream) }
    var owners: [UInt16: String] = [server.adminPort: "admin"]
    for port in ports {
      guard port > 0 else { throw Problem(.portZero, ["role": "gateway"]) }
      if let other = owners.updateValue("gateway", forKey: port) {
        throw .portTakenTwice(port, other, "gateway")
      }
    }
    try checkUpstreams(upstreams, reserved: Set((server.tracing?.clusters ?? []).map(\.name)))
    if upstreams.count > 1, let tcp = upstreams.first(where: { $0.serviceProtocol == .tcp }) {
      throw Problem(.tcpNotAlone, ["name": tcp.name])
    }
  }

  private func listener(_ port: UInt16, _ tracing: TracingProvider?) -> Listener {
    let prefix = "gateway_\(port)"
    let filter: NetworkFilter
    if let tcp = upstreams.first(where: { $0.serviceProtocol == .tcp }) {
      filter = .tcpProxy(.init(statPrefix: prefix, cluster: tcp.name))
    } else {
      filter = .httpConnectionManager(
        .init(
          statPrefix: prefix, virtualHosts: virtualHosts,
          healthCheckPath: AppPort.healthCheckPath, tracing: tracing, appendsForwardedFor: true))
    }
    return Listener(
      name: prefix, address: .any(port), trafficDirection: .inbound,
      filterChains: [FilterChain(name: prefix, filters: filter)])
  }

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
