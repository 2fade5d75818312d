internal import EnvoyBootstrap

/// Virtual services and their routes.
extension MemberCompiler {
  /// The ports of a virtual service; none if nobody answers for it.
  mutating func ports(of name: String, _ policy: ClientPolicyTLS?) -> [ServicePort] {
    guard let service = index.service(name) else { return [] }
    let caller = Caller(service: name, policy: policy)
    switch service.provider {
    case .virtualNode(let name):
      guard let node = index.node(name) else {
        note(.noNode(name, for: "virtual service '\(service.name)'", at: service.origin))
        return []
      }
      return node.listeners.map { port(of: node, $0, caller) }
    case .virtualRouter(let name):
      guard let router = index.router(name) else {
        note(.noRouter(name, for: "virtual service '\(service.name)'", at: service.origin))
        return []
      }
      return router.listeners.map { port(of: router, $0, caller) }
    case nil: return []
    }
  }

  /// Of a service without routes: everything goes to the node, with App Mesh's defaults.
  private mutating func port(
    of node: VirtualNode, _ listener: NodeListener, _ caller: Caller
  ) -> ServicePort {
    let cluster = cluster(for: node, listener, caller)
    let mapping = listener.portMapping
    let route = Route(
      to: .cluster(cluster), timeout: .response(MeshDefaults.requestTimeout),
      retryPolicy: defaults.retryPolicy)
    return ServicePort(
      service: caller.service, port: mapping.port,
      traffic: mapping.protocol == .tcp
        ? .tcp(.cluster(cluster), idleTimeout: nil) : .http([route]))
  }

  private mutating func port(
    of router: VirtualRouter, _ mapping: PortMapping, _ caller: Caller
  ) -> ServicePort {
    let routes = router.routes.filter { $0.match.port == nil || $0.match.port == mapping.port }
    let traffic: ServicePort.Traffic
    if mapping.protocol == .tcp {
      traffic = tcp(routes.filter { $0.protocol == .tcp }, mapping.port, caller)
    } else {
      traffic = .http(http(routes.filter { $0.protocol != .tcp }, caller))
    }
    return ServicePort(service: caller.service, port: mapping.port, traffic: traffic)
  }

  private mutating func http(_ routes: [MeshRoute], _ caller: Caller) -> [Route] {
    var compiled: [(precedence: RoutePrecedence, route: Route)] = []
    for route in routes.sorted(by: { $0.name < $1.name }) {
      let match = route.match.routeMatch(route.protocol)
      let perRequest = RequestTimeout.perRequest(route.timeout)
      let clusters = weightedClusters(of: route, caller)
      if let policy = route.retryPolicy, let event = policy.unknownEvents.first {
        note(.retryEvent(event, in: route))
      }
      let envoyRoute = Route(
        match, to: clusters.target, timeout: .response(perRequest),
        idleTimeout: route.timeout?.idle,
        retryPolicy: route.retryPolicy?.compiled ?? defaults.retryPolicy)
      compiled.append(
        (.init(priority: route.priority, match, name: route.name), envoyRoute))
    }
    return compiled.sorted { $0.precedence < $1.precedence }.map(\.route)
  }

  /// Nothing tells the routes of a port apart, so only the first one counts.
  private mutating func tcp(
    _ routes: [MeshRoute], _ port: UInt16, _ caller: Caller
  ) -> ServicePort.Traffic {
    let sorted = routes.sorted {
      ($0.priority ?? Int.max, $0.name) < ($1.priority ?? Int.max, $1.name)
    }
    guard let route = sorted.first else {
      return .tcp(.cluster(nowhere()), idleTimeout: nil)
    }
    if sorted.count > 1 { note(.tcpRoutes(port, caller.service, sorted)) }
    // Envoy refuses weight 0 here.
    let clusters = weightedClusters(of: route, caller).filter { $0.weight > 0 }
    return .tcp(clusters.tcpTarget, idleTimeout: route.timeout?.idle)
  }

  /// - Returns: at least one that has a weight.
  private mutating func weightedClusters(
    of route: MeshRoute, _ caller: Caller
  ) -> [WeightedCluster] {
    guard route.weightedTargets.contains(where: { $0.weight > 0 }) else {
      note(.weightsZero(route))
      return [.init(nowhere(), weight: 1)]
    }
    var clusters: [WeightedCluster] = []
    for target in route.weightedTargets {
      guard let (node, listener) = listener(of: target, in: route) else {
        clusters.append(.init(nowhere(), weight: target.weight))
        continue
      }
      noteTimeout(of: route, to: node, listener)
      clusters.append(.init(cluster(for: node, listener, caller), weight: target.weight))
    }
    return clusters
  }

  /// A route that was given more time than the listener of its target gives to requests.
  private mutating func noteTimeout(
    of route: MeshRoute, to node: VirtualNode, _ listener: NodeListener
  ) {
    guard route.protocol != .tcp, let routes = route.timeout?.perRequest else { return }
    let listeners = RequestTimeout.perRequest(listener.timeout)
    guard listeners != .zero, routes == .zero || routes > listeners else { return }
    note(.routeTimeout(route, node.name, listeners))
  }
}

extension [WeightedCluster] {
  fileprivate var target: Route.Target {
    count == 1 ? .cluster(self[0].name) : .weightedClusters(self)
  }

  fileprivate var tcpTarget: TCPProxy.Target {
    count == 1 ? .cluster(self[0].name) : .weightedClusters(self)
  }
}

extension Loss {
  fileprivate static func retryEvent(_ event: String, in route: MeshRoute) -> Loss {
    .init(
      .retryEvent, "route '\(route.name)' names the retry event '\(event)', which App Mesh has not",
      at: route.origin)
  }

  fileprivate static func tcpRoutes(
    _ port: UInt16, _ service: String, _ routes: [MeshRoute]
  ) -> Loss {
    let others = routes.dropFirst().map { "'\($0.name)'" }.joined(separator: ", ")
    return .init(
      .tcpRoutes,
      "on port \(port) of '\(service)' only TCP route '\(routes[0].name)' is used: nothing tells "
        + "\(others) apart from it",
      at: routes[0].origin)
  }

  fileprivate static func weightsZero(_ route: MeshRoute) -> Loss {
    .init(
      .weightsZero, "no target of route '\(route.name)' has a weight: requests get 503",
      at: route.origin)
  }

  fileprivate static func routeTimeout(
    _ route: MeshRoute, _ node: String, _ limit: Duration
  ) -> Loss {
    .init(
      .routeTimeout,
      "the listener of node '\(node)' ends requests after \(limit), before the time-out of route "
        + "'\(route.name)'",
      at: route.origin)
  }
}
