internal import EnvoyBootstrap
internal import LosslessJSON

/// Compiles virtual services and their routes.
struct ServiceCompiler {
  let compilation: EnvoyCompilation
  private var index: MeshIndex { compilation.index }
  private var defaults: MeshDefaults { compilation.defaults }
  private var targets: TargetCompiler { TargetCompiler(compilation: compilation) }

  private typealias Caller = TargetCompiler.Caller

  /// The ports of a virtual service. Empty if it has no provider.
  func ports(of name: String, _ policy: ClientPolicyTLS?) -> [ServicePort] {
    guard let service = index.service(name) else { return [] }
    let caller = Caller(service: name, policy: policy)
    switch service.provider {
    case .virtualNode(let name):
      guard let node = index.node(name) else {
        compilation.note(
          MissingPart.node(name, for: "virtual service '\(service.name)'", at: service.origin))
        return []
      }
      return node.listeners.map { port(of: node, $0, caller) }
    case .virtualRouter(let name):
      guard let router = index.router(name) else {
        compilation.note(
          MissingPart.router(name, for: "virtual service '\(service.name)'", at: service.origin))
        return []
      }
      return router.listeners.map { port(of: router, $0, caller) }
    case nil: return []
    }
  }

  /// A port of a service without routes. All requests go to the node, with App Mesh's defaults.
  private func port(
    of node: VirtualNode, _ listener: NodeListener, _ caller: Caller
  ) -> ServicePort {
    let cluster = targets.cluster(for: node, listener, caller)
    let mapping = listener.portMapping
    let route = Route(
      to: .cluster(cluster), timeout: .response(MeshDefaults.requestTimeout),
      retryPolicy: defaults.retryPolicy)
    return ServicePort(
      service: caller.service, port: mapping.port,
      traffic: mapping.protocol == .tcp
        ? .tcp(.cluster(cluster), idleTimeout: nil) : .http([route]))
  }

  private func port(
    of router: VirtualRouter, _ mapping: PortMapping, _ caller: Caller
  ) -> ServicePort {
    let routes = router.routes.filter { $0.match.port == nil || $0.match.port == mapping.port }
    let traffic: ServicePort.Traffic
    if mapping.protocol == .tcp {
      traffic = tcp(routes.filter { $0.protocol == .tcp }, mapping.port, caller)
    } else {
      traffic = .http(http(routes.filter { $0.protocol != .tcp }, of: router.name, caller))
    }
    return ServicePort(service: caller.service, port: mapping.port, traffic: traffic)
  }

  private func http(_ routes: [MeshRoute], of router: String, _ caller: Caller) -> [Route] {
    var compiled: [(precedence: RoutePrecedence, route: Route)] = []
    for route in routes.sorted(by: { $0.name < $1.name }) {
      let match = route.match.routeMatch(route.protocol)
      let perRequest = RequestTimeout.perRequest(route.timeout)
      let clusters = weightedClusters(of: route, caller)
      if let policy = route.retryPolicy, let event = policy.unknownEvents.first {
        compilation.note(
          Problem(Self.retryEvent, ["route": route.name, "event": event], at: route.origin))
      }
      let prefix = compilation.runtimePrefix(of: route, in: router, clusters)
      let envoyRoute = Route(
        match, to: clusters.target(prefix), timeout: .response(perRequest),
        idleTimeout: route.timeout?.idle,
        retryPolicy: route.retryPolicy?.compiled ?? defaults.retryPolicy)
      compiled.append(
        (.init(priority: route.priority, match, name: route.name), envoyRoute))
    }
    return compiled.sorted { $0.precedence < $1.precedence }.map(\.route)
  }

  /// TCP routes have no conditions that distinguish them, so only the first one of a port is used.
  private func tcp(
    _ routes: [MeshRoute], _ port: UInt16, _ caller: Caller
  ) -> ServicePort.Traffic {
    let sorted = routes.sorted {
      ($0.priority ?? Int.max, $0.name) < ($1.priority ?? Int.max, $1.name)
    }
    guard let route = sorted.first else {
      return .tcp(.cluster(compilation.nowhere()), idleTimeout: nil)
    }
    if sorted.count > 1 {
      let others = sorted.dropFirst().map(\.name).quotedList
      compilation.note(
        Problem(
          Self.tcpRoutes,
          [
            "port": "\(port)", "service": caller.service, "route": route.name, "others": others,
          ], at: route.origin))
    }
    // Envoy rejects weight 0 here.
    compilation.noteFixedWeights(of: route)
    let clusters = weightedClusters(of: route, caller).filter { $0.weight > 0 }
    return .tcp(clusters.tcpTarget, idleTimeout: route.timeout?.idle)
  }

  /// - Returns: clusters, of which at least one has a positive weight.
  private func weightedClusters(
    of route: MeshRoute, _ caller: Caller
  ) -> [WeightedCluster] {
    guard route.weightedTargets.contains(where: { $0.weight > 0 }) else {
      compilation.note(Problem(Self.weightsZero, ["route": route.name], at: route.origin))
      return [.init(compilation.nowhere(), weight: 1)]
    }
    var clusters: [WeightedCluster] = []
    for target in route.weightedTargets {
      guard let (node, listener) = targets.listener(of: target, in: route) else {
        clusters.append(.init(compilation.nowhere(), weight: target.weight))
        continue
      }
      noteTimeout(of: route, to: node, listener)
      clusters.append(.init(targets.cluster(for: node, listener, caller), weight: target.weight))
    }
    return clusters
  }

  /// Reports a route whose timeout is longer than that of its target's listener.
  private func noteTimeout(
    of route: MeshRoute, to node: VirtualNode, _ listener: NodeListener
  ) {
    guard route.protocol != .tcp, let routes = route.timeout?.perRequest else { return }
    let listeners = RequestTimeout.perRequest(listener.timeout)
    guard listeners != .zero, routes == .zero || routes > listeners else { return }
    compilation.note(
      Problem(
        Self.routeTimeout,
        ["node": node.name, "limit": "\(listeners)", "route": route.name], at: route.origin))
  }
}

extension [WeightedCluster] {
  fileprivate func target(_ runtimePrefix: String?) -> Route.Target {
    count == 1
      ? .cluster(self[0].name) : .weightedClusters(self, runtimePrefix: runtimePrefix)
  }

  fileprivate var tcpTarget: TCPProxy.Target {
    count == 1 ? .cluster(self[0].name) : .weightedClusters(self)
  }
}

extension ServiceCompiler {
  static let rules = [retryEvent, routeTimeout, tcpRoutes, weightsZero]

  private static let retryEvent = Rule.error(
    "retry-event",
    "Route '{route}' has retry event '{event}', which App Mesh does not define.",
    fix: "Use the retry events of App Mesh's API.")
  private static let routeTimeout = Rule.warning(
    "route-timeout",
    "The listener of node '{node}' ends requests after {limit}, before the timeout of route "
      + "'{route}'.",
    fix: "Raise the listener's timeout as well.")
  private static let tcpRoutes = Rule.warning(
    "tcp-routes",
    "On port {port} of '{service}' only TCP route '{route}' is used. Nothing tells {others} apart "
      + "from it.",
    fix: "Put the targets into one route.")
  private static let weightsZero = Rule.warning(
    "weights-zero", "Every target of route '{route}' has weight 0. Requests get 503.",
    fix: "Give one of the targets a weight.")
}
