internal import EnvoyBootstrap
internal import LosslessJSON

/// Compiles the first hop of a gateway: the virtual hosts of one of its listeners.
struct GatewayHosts {
  private typealias Ranked = (precedence: RoutePrecedence, route: Route)

  let compilation: EnvoyCompilation
  /// The gateway's own egress listener.
  let cluster: String
  let hops: SecondHops

  /// One virtual host for every host that a route names, and one for all others. Envoy does not fall back
  /// from one virtual host to another, so each one also has the routes of the wider ones.
  func hosts(of routes: [GatewayRoute]) -> [VirtualHost] {
    let sorted = routes.sorted { $0.name < $1.name }
    let hostnames = Set(sorted.compactMap(\.match.hostname))
    let byHost = RoutesByHost(sorted)
    let named = hostnames.sorted { $0.domain < $1.domain }.map { hostname in
      host(
        hostname.domain, hostname.domains(among: hostnames),
        byHost.routes(for: hostname).map { sorted[$0] })
    }
    return named + [host("self_redirect", ["*"], byHost.unnamed.map { sorted[$0] })]
  }

  private func host(
    _ name: String, _ domains: [String], _ routes: [GatewayRoute]
  ) -> VirtualHost {
    let ranked = routes.flatMap(firstHops)
    var host = VirtualHost(
      name: name, domains: domains,
      routes: ranked.sorted { $0.precedence < $1.precedence }.map(\.route))
    // Prevents clients from choosing the service.
    if !hops.usesHeader { host.requestHeadersToRemove = [GatewayCompiler.serviceHeader] }
    return host
  }

  private func firstHops(_ route: GatewayRoute) -> [Ranked] {
    let match = route.match.routeMatch(route.protocol)
    let hop = hops.hop(of: route)
    if case .prefix = route.rewrite.path, !match.path.isPrefix {
      compilation.note(Problem(Self.rewrite, ["route": route.name], at: route.origin))
    }
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
        envoyRoute.rewrite.headers = [.init(GatewayCompiler.serviceHeader, header)]
      }
      let precedence = RoutePrecedence(
        priority: route.priority, hostRank: route.match.hostname?.rank ?? 0, envoyMatch,
        isGiven: path == match.path, name: route.name)
      return (precedence, envoyRoute)
    }
  }
}

extension GatewayHosts {
  static let rules = [rewrite]

  private static let rewrite = Rule.error(
    "rewrite", "Gateway route '{route}' rewrites a prefix, but does not match one.",
    fix: "Match a prefix, or rewrite the path.")
}

/// A gateway's routes, grouped by the hosts they apply to, as indices into the sorted routes.
private struct RoutesByHost {
  /// Routes that apply to every host.
  private(set) var unnamed: [Int] = []
  private var exact: [String: [Int]] = [:]
  private var suffixes: [(host: HostnameMatch, index: Int)] = []

  init(_ routes: [GatewayRoute]) {
    for (index, route) in routes.enumerated() {
      switch route.match.hostname {
      case nil: unnamed.append(index)
      case .exact(let host): exact[host, default: []].append(index)
      case .suffix(let suffix): suffixes.append((.suffix(suffix), index))
      }
    }
  }

  func routes(for host: HostnameMatch) -> [Int] {
    var own = suffixes.filter { $0.host.includes(host) }.map(\.index)
    if case .exact(let name) = host { own += exact[name] ?? [] }
    return (unnamed + own).sorted()
  }
}

extension GatewayRoute {
  /// The paths to match, with the rewrite for each.
  fileprivate func rewrites(
    _ path: RouteMatch.Path
  ) -> [(RouteMatch.Path, RequestRewrite.Path?)] {
    switch (rewrite.path, path) {
    case (.exact(let text), _): return [(path, .whole(text))]
    case (.prefix(let text), .prefix): return [(path, .prefix(text))]
    case (.standard, .prefix(let prefix)) where prefix != "/" && self.protocol != .grpc:
      // Matches the prefix with and without its last slash, as App Mesh did.
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
  /// The entry for Envoy's list of domains.
  fileprivate var domain: String {
    switch self {
    case .exact(let host): host
    case .suffix(let suffix): suffix.hasPrefix("*") ? suffix : "*" + suffix
    }
  }

  /// The specificity of the host. A more specific host has a smaller rank.
  fileprivate var rank: Int {
    switch self {
    case .exact: -1_000
    case .suffix: -domain.utf8.count
    }
  }

  /// Whether this matches every host that `other` matches.
  fileprivate func includes(_ other: HostnameMatch) -> Bool {
    switch (self, other) {
    case (.exact, _): self == other
    case (.suffix, .exact(let host)): host.hasSuffix(domain.dropFirst())
    case (.suffix, .suffix): other.domain.hasSuffix(domain.dropFirst())
    }
  }

  /// In Envoy, `*` stands for at least one character, so the bare suffix is a separate entry.
  fileprivate func domains(among all: Set<HostnameMatch>) -> [String] {
    guard case .suffix = self, !domain.hasPrefix("*.") else { return [domain] }
    let bare = String(domain.dropFirst())
    return all.contains(.exact(bare)) ? [domain] : [bare, domain]
  }
}
