internal import EnvoyBootstrap
internal import LosslessJSON

/// The second hops of a gateway: the services that its routes lead to, as its egress listener sees them.
///
/// If every route rewrites the host to the service's name, the host identifies the service. Otherwise a
/// header identifies it on every route. If both were used, a client could choose its service by host.
struct SecondHops {
  struct Hop {
    var service: String
    /// `nil` if the service has no port for the route.
    var port: UInt16?
    var routes: [Route]
  }

  /// Each service and port once, in the order of the routes.
  private var hops: [Hop] = []
  private var byService: [String: [Hop]] = [:]
  let usesHeader: Bool

  private init(_ all: [Hop], keepsHosts: Bool) {
    for hop in all where byService[hop.service]?.contains(where: { $0.port == hop.port }) != true {
      hops.append(hop)
      byService[hop.service, default: []].append(hop)
    }
    usesHeader = keepsHosts || byService.count < hops.count
  }

  /// The value of ``GatewayCompiler/serviceHeader`` for a hop. `nil` if the host is enough.
  func header(_ hop: Hop) -> String? {
    guard usesHeader else { return nil }
    let isOnly = byService[hop.service]?.count == 1
    return hop.service + (isOnly ? "" : hop.port.map { ":\($0)" } ?? "")
  }

  func virtualHosts(_ port: UInt16) -> [VirtualHost] {
    guard usesHeader else {
      return hops.map { hop in
        VirtualHost(
          name: hop.service, domains: [hop.service, "\(hop.service):\(port)"], routes: hop.routes)
      }
    }
    let routes = hops.flatMap { hop in
      hop.routes.map { route in
        var route = route
        route.match.headers.append(
          .init(GatewayCompiler.serviceHeader, .string(.exact(header(hop) ?? hop.service))))
        return route
      }
    }
    var host = VirtualHost(name: "default_backend", domains: ["*"], routes: routes)
    host.requestHeadersToRemove = [GatewayCompiler.serviceHeader]
    return [host]
  }
}

extension SecondHops.Hop {
  /// The timeout of the first hop: the longest one of the second.
  var timeout: Duration {
    let limits = routes.map { route in
      if case .response(let limit) = route.timeout { limit } else { Duration.zero }
    }
    return limits.longest ?? MeshDefaults.requestTimeout
  }

  /// The idle timeout of the first hop. `nil` for Envoy's default of five minutes.
  var idleTimeout: Duration? {
    let longest = routes.map { $0.idleTimeout ?? MeshDefaults.idleTimeout }.longest
    return longest == MeshDefaults.idleTimeout ? nil : longest
  }
}

extension [Duration] {
  /// Zero means unlimited.
  fileprivate var longest: Duration? { contains(.zero) ? .zero : self.max() }
}

extension SecondHops {
  init(of gateway: VirtualGateway, _ compilation: EnvoyCompilation) {
    let services = ServiceCompiler(compilation: compilation)
    var ports: [String: [ServicePort]] = [:]
    for service in Set(gateway.routes.map(\.virtualServiceName)).sorted() {
      ports[service] = services.ports(of: service, compilation.profile.policy?.tls)
    }
    let routes = gateway.routes.sorted {
      ($0.virtualServiceName, $0.targetPort ?? 0) < ($1.virtualServiceName, $1.targetPort ?? 0)
    }
    for route in routes {
      if compilation.index.service(route.virtualServiceName) == nil {
        compilation.note(
          MissingPart.service(
            route.virtualServiceName, for: "gateway route '\(route.name)'", at: route.origin))
      }
      if let problem = route.unclearPort(ports[route.virtualServiceName] ?? []) {
        compilation.note(problem)
      }
    }
    self.init(
      routes.map { $0.hop(ports[$0.virtualServiceName] ?? []) },
      keepsHosts: routes.contains { !$0.rewrite.rewritesHostname })
  }

  /// The hop of a gateway's route.
  func hop(of route: GatewayRoute) -> Hop? {
    byService[route.virtualServiceName]?.first { hop in
      route.targetPort == nil || hop.port == nil || hop.port == route.targetPort
    }
  }
}

extension GatewayRoute {
  /// The only HTTP port that the route can mean.
  fileprivate func port(of ports: [ServicePort]) -> ServicePort? {
    let fitting = ports.filter { !$0.isTCP && (targetPort == nil || $0.port == targetPort) }
    return fitting.count == 1 ? fitting[0] : nil
  }

  fileprivate func hop(_ ports: [ServicePort]) -> SecondHops.Hop {
    let port = port(of: ports)
    return .init(service: virtualServiceName, port: port?.port, routes: port?.routes ?? [])
  }

  /// The problem that several ports, or none, fit the route.
  fileprivate func unclearPort(_ ports: [ServicePort]) -> Problem? {
    guard !ports.isEmpty, port(of: ports) == nil else { return nil }
    let known = ports.map { "\($0.port)\($0.isTCP ? " (tcp)" : "")" }.joined(separator: ", ")
    return Problem(
      TargetCompiler.unclearPort,
      [
        "user": "gateway route '\(name)'", "target": "'\(virtualServiceName)'", "ports": known,
      ], at: origin)
  }
}
