internal import EnvoyBootstrap

/// The services that a gateway's routes lead to, as its egress listener knows them.
///
/// Where every route rewrites the host to the service's name, the host tells the service. Otherwise
/// a header does, on every route: with both, a client could choose its service by the host.
struct SecondHops {
  struct Hop {
    var service: String
    /// `nil`: nobody answers for the service.
    var port: UInt16?
    var routes: [Route]
  }

  private(set) var hops: [Hop] = []
  let usesHeader: Bool

  init(_ hops: [Hop], keepsHosts: Bool) {
    for hop in hops where !self.hops.contains(where: { $0.isSame(as: hop) }) {
      self.hops.append(hop)
    }
    usesHeader = keepsHosts || Set(self.hops.map(\.service)).count < self.hops.count
  }

  /// What ``MemberCompiler/serviceHeader`` says for a hop; `nil`: the host is enough.
  func header(_ hop: Hop) -> String? {
    guard usesHeader else { return nil }
    let isOnly = hops.filter { $0.service == hop.service }.count == 1
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
          .init(MemberCompiler.serviceHeader, .string(.exact(header(hop) ?? hop.service))))
        return route
      }
    }
    var host = VirtualHost(name: "default_backend", domains: ["*"], routes: routes)
    host.requestHeadersToRemove = [MemberCompiler.serviceHeader]
    return [host]
  }
}

extension SecondHops.Hop {
  fileprivate func isSame(as other: SecondHops.Hop) -> Bool {
    service == other.service && port == other.port
  }

  /// The first hop waits as long as the second at most.
  var timeout: Duration {
    let limits = routes.map { route in
      if case .response(let limit) = route.timeout { limit } else { Duration.zero }
    }
    return limits.longest ?? MeshDefaults.requestTimeout
  }

  /// The same for streams on which nothing is sent; `nil`: Envoy's five minutes.
  var idleTimeout: Duration? {
    let longest = routes.map { $0.idleTimeout ?? MeshDefaults.idleTimeout }.longest
    return longest == MeshDefaults.idleTimeout ? nil : longest
  }
}

extension [Duration] {
  /// Zero is without limit.
  fileprivate var longest: Duration? { contains(.zero) ? .zero : self.max() }
}

extension MemberCompiler {
  mutating func secondHops(of gateway: VirtualGateway) -> SecondHops {
    var ports: [String: [ServicePort]] = [:]
    for service in Set(gateway.routes.map(\.virtualServiceName)).sorted() {
      ports[service] = self.ports(of: service, member.policy?.tls)
    }
    let routes = gateway.routes.sorted {
      ($0.virtualServiceName, $0.targetPort ?? 0) < ($1.virtualServiceName, $1.targetPort ?? 0)
    }
    for route in routes {
      if index.service(route.virtualServiceName) == nil {
        note(
          .noService(
            route.virtualServiceName, for: "gateway route '\(route.name)'", at: route.origin))
      }
      noteUnclearPort(of: route, ports[route.virtualServiceName] ?? [])
    }
    return SecondHops(
      routes.map { $0.hop(ports[$0.virtualServiceName] ?? []) },
      keepsHosts: routes.contains { !$0.rewrite.rewritesHostname })
  }

  private mutating func noteUnclearPort(of route: GatewayRoute, _ ports: [ServicePort]) {
    guard !ports.isEmpty, route.port(of: ports) == nil else { return }
    note(.unclearPort(of: route, ports))
  }
}

extension GatewayRoute {
  /// The only HTTP port that it can mean.
  fileprivate func port(of ports: [ServicePort]) -> ServicePort? {
    let fitting = ports.filter { !$0.isTCP && (targetPort == nil || $0.port == targetPort) }
    return fitting.count == 1 ? fitting[0] : nil
  }

  fileprivate func hop(_ ports: [ServicePort]) -> SecondHops.Hop {
    let port = port(of: ports)
    return .init(service: virtualServiceName, port: port?.port, routes: port?.routes ?? [])
  }
}

extension SecondHops {
  /// The hop of a gateway's route.
  func hop(of route: GatewayRoute) -> Hop? {
    hops.first { hop in
      hop.service == route.virtualServiceName
        && (route.targetPort == nil || hop.port == nil || hop.port == route.targetPort)
    }
  }
}

extension Loss {
  fileprivate static func unclearPort(of route: GatewayRoute, _ ports: [ServicePort]) -> Loss {
    let known = ports.map { "\($0.port)\($0.isTCP ? " (tcp)" : "")" }.joined(separator: ", ")
    return .init(
      .unclearPort,
      "gateway route '\(route.name)' does not name one HTTP port of '\(route.virtualServiceName)', "
        + "which has \(known)",
      at: route.origin)
  }
}
