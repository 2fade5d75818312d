internal import EnvoyBootstrap

/// The first hop of a gateway.
extension MemberCompiler {
  private typealias Ranked = (precedence: RoutePrecedence, route: Route)

  /// One virtual host for every host that a route names, and one for all others. Envoy never goes
  /// from one to another, so each has the routes of the wider ones too.
  mutating func gatewayHosts(
    _ routes: [GatewayRoute], to cluster: String, _ hops: SecondHops
  ) -> [VirtualHost] {
    let sorted = routes.sorted { $0.name < $1.name }
    let hostnames = Set(sorted.compactMap(\.match.hostname)).sorted { $0.domain < $1.domain }
    let named = hostnames.map { hostname in
      let fitting = sorted.filter { $0.match.hostname?.includes(hostname) ?? true }
      return gatewayHost(
        hostname.domain, hostname.domains(among: hostnames), fitting, to: cluster, hops)
    }
    let others = sorted.filter { $0.match.hostname == nil }
    return named + [gatewayHost("self_redirect", ["*"], others, to: cluster, hops)]
  }

  private mutating func gatewayHost(
    _ name: String, _ domains: [String], _ routes: [GatewayRoute], to cluster: String,
    _ hops: SecondHops
  ) -> VirtualHost {
    var ranked: [Ranked] = []
    for route in routes { ranked += firstHops(route, to: cluster, hops) }
    var host = VirtualHost(
      name: name, domains: domains,
      routes: ranked.sorted { $0.precedence < $1.precedence }.map(\.route))
    // Only the gateway says which service is called.
    if !hops.usesHeader { host.requestHeadersToRemove = [Self.serviceHeader] }
    return host
  }

  private mutating func firstHops(
    _ route: GatewayRoute, to cluster: String, _ hops: SecondHops
  ) -> [Ranked] {
    let match = route.match.routeMatch(route.protocol)
    let hop = hops.hop(of: route)
    if case .prefix = route.rewrite.path, !match.path.isPrefix { note(.rewrite(of: route)) }
    return route.rewrites(match.path).map { path, rewrite in
      var envoyMatch = match
      envoyMatch.path = path
      var envoyRoute = Route(
        envoyMatch, to: .cluster(cluster),
        timeout: .response(hop?.timeout ?? MeshDefaults.requestTimeout),
        idleTimeout: hop?.idleTimeout)
      envoyRoute.rewrite.path = rewrite
      if route.rewrite.rewritesHostname {
        envoyRoute.rewrite.hostLiteral = route.virtualServiceName
      }
      if let header = hop.flatMap(hops.header) {
        envoyRoute.rewrite.headers = [.init(Self.serviceHeader, header)]
      }
      let precedence = RoutePrecedence(
        priority: route.priority, hostRank: route.match.hostname?.rank ?? 0, envoyMatch,
        isGiven: path == match.path, name: route.name)
      return (precedence, envoyRoute)
    }
  }
}

extension GatewayRoute {
  /// The paths to match, and what becomes of each.
  fileprivate func rewrites(
    _ path: RouteMatch.Path
  ) -> [(RouteMatch.Path, RequestRewrite.Path?)] {
    switch (rewrite.path, path) {
    case (.exact(let text), _): return [(path, .whole(text))]
    case (.prefix(let text), .prefix): return [(path, .prefix(text))]
    case (.standard, .prefix(let prefix)) where prefix != "/" && self.protocol != .grpc:
      // As App Mesh did it: with and without the last slash.
      let bare = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
      return [(.prefix(bare + "/"), .prefix("/")), (.prefix(bare), .prefix("/"))]
    default: return [(path, nil)]
    }
  }
}

extension RouteMatch.Path {
  fileprivate var isPrefix: Bool {
    guard case .prefix = self else { return false }
    return true
  }
}

extension HostnameMatch {
  /// What stands for it in Envoy's list of domains.
  fileprivate var domain: String {
    switch self {
    case .exact(let host): host
    case .suffix(let suffix): suffix.hasPrefix("*") ? suffix : "*" + suffix
    }
  }

  /// The more specific, the lesser.
  fileprivate var rank: Int {
    switch self {
    case .exact: -1_000
    case .suffix: -domain.utf8.count
    }
  }

  /// Whether every host that matches `other` matches this.
  fileprivate func includes(_ other: HostnameMatch) -> Bool {
    switch (self, other) {
    case (.exact, _): self == other
    case (.suffix, .exact(let host)): host.hasSuffix(domain.dropFirst())
    case (.suffix, .suffix): other.domain.hasSuffix(domain.dropFirst())
    }
  }

  /// Envoy's `*` stands for one character at least, so the suffix itself is a host of its own.
  fileprivate func domains(among all: [HostnameMatch]) -> [String] {
    guard case .suffix = self, !domain.hasPrefix("*.") else { return [domain] }
    let bare = String(domain.dropFirst())
    return all.contains(.exact(bare)) ? [domain] : [bare, domain]
  }
}

extension Loss {
  fileprivate static func rewrite(of route: GatewayRoute) -> Loss {
    .init(
      .rewrite, "gateway route '\(route.name)' rewrites a prefix and matches none", at: route.origin
    )
  }
}
