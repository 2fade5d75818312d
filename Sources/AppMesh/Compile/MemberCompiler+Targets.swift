internal import EnvoyBootstrap

/// Nodes as their callers see them.
extension MemberCompiler {
  /// What a caller is told of the virtual service whose target a node is.
  struct Caller {
    var service: String
    var policy: ClientPolicyTLS?
  }

  /// The listener of a node that a target names; `nil`, with the reason noted: there is none.
  mutating func listener(
    of target: WeightedTarget, in route: MeshRoute
  ) -> (node: VirtualNode, listener: NodeListener)? {
    guard let node = index.node(target.virtualNode) else {
      note(.noNode(target.virtualNode, for: "route '\(route.name)'", at: route.origin))
      return nil
    }
    guard !node.listeners.isEmpty else {
      note(.nodeNotCallable(node, "no listener"))
      return nil
    }
    let fitting = node.listeners.filter {
      target.port == nil || $0.portMapping.port == target.port
    }
    guard fitting.count == 1, let listener = fitting.first else {
      note(.unclearPort(target.port, of: node, at: route.origin))
      return nil
    }
    return (node, listener)
  }

  /// The name of the cluster for a listener of a node.
  mutating func cluster(
    for node: VirtualNode, _ listener: NodeListener, _ caller: Caller
  ) -> String {
    let mapping = listener.portMapping
    let name = names.target(node.name, mapping.protocol, mapping.port)
    guard let discovery = discovery(of: node, mapping.port) else {
      note(.nodeNotCallable(node, "no service discovery"))
      return nowhere()
    }
    var cluster = Cluster(
      name: name, discovery: discovery, httpVersion: mapping.protocol.upstreamVersion)
    cluster.connectTimeout = .seconds(1)
    cluster.circuitBreakers = defaults.circuitBreakers
    cluster.ignoresHealthOnHostRemoval = listener.healthCheck != nil
    cluster.healthChecks = healthCheck(of: node, listener).map { [$0] } ?? []
    cluster.outlierDetection = listener.outlierDetection.map { policy in
      .init(
        consecutive5xx: policy.maxServerErrors, interval: policy.interval,
        baseEjectionTime: policy.baseEjectionDuration,
        maxEjectionPercent: policy.maxEjectionPercent)
    }
    cluster.transportSocket = upstreamTLS(to: node, listener, caller.policy)
    return keep(cluster, service: caller.service)
  }

  /// One cluster for each way to reach a node: the first keeps the name that App Mesh gave it,
  /// and those with other client policies have the service in theirs.
  private mutating func keep(_ cluster: Cluster, service: String) -> String {
    let rivals = targets.filter { $0.name == cluster.name }
    let same = rivals.first { $0.cluster.transportSocket == cluster.transportSocket }
    if let same { return same.cluster.name }
    var kept = cluster
    if !rivals.isEmpty { kept.name += "_" + service }
    targets.append(.init(name: cluster.name, cluster: kept))
    return kept.name
  }

  /// The cluster of what cannot be called: its share of the requests is not given to others.
  mutating func nowhere() -> String {
    let cluster = Cluster(name: names.nowhere, discovery: .nowhere)
    if !otherClusters.contains(cluster) { otherClusters.append(cluster) }
    return cluster.name
  }

  private mutating func healthCheck(
    of node: VirtualNode, _ listener: NodeListener
  ) -> HealthCheck? {
    guard let policy = listener.healthCheck else { return nil }
    let mapping = listener.portMapping
    let host = "\(node.serviceDiscovery?.hostname ?? node.name):\(mapping.port)"
    let kind: HealthCheck.Kind
    switch policy.protocol {
    case .tcp: kind = .tcp
    case .grpc:
      kind = .grpc(authority: host)
      if mapping.protocol.upstreamVersion != .http2 {
        note(.healthCheckProtocol(node.name, mapping, at: node.origin))
      }
    case .http, .http2:
      kind = .http(
        host: host, path: policy.path ?? "/",
        version: policy.protocol.upstreamVersion ?? .http1)
    }
    return HealthCheck(
      kind, timeout: policy.timeout, interval: policy.interval,
      // With Envoy's minute, a task whose first check failed would stay unhealthy for minutes.
      noTrafficInterval: policy.interval,
      unhealthyThreshold: policy.unhealthyThreshold, healthyThreshold: policy.healthyThreshold,
      altPort: policy.port == mapping.port ? nil : policy.port)
  }
}

extension Loss {
  fileprivate static func nodeNotCallable(_ node: VirtualNode, _ lack: String) -> Loss {
    .init(
      .nodeNotCallable, "node '\(node.name)' has \(lack): its share of the requests gets 503",
      at: node.origin)
  }

  fileprivate static func unclearPort(
    _ port: UInt16?, of node: VirtualNode, at origin: Origin
  ) -> Loss {
    let known = node.listeners.map { String($0.portMapping.port) }.joined(separator: ", ")
    return .init(
      .unclearPort,
      port.map { "a target names port \($0) of node '\(node.name)', which listens on \(known)" }
        ?? "a target names none of the ports of node '\(node.name)', which listens on \(known)",
      at: origin)
  }

  fileprivate static func healthCheckProtocol(
    _ node: String, _ mapping: PortMapping, at origin: Origin
  ) -> Loss {
    .init(
      .healthCheckProtocol,
      "node '\(node)' is checked by gRPC, but speaks \(mapping.protocol.rawValue) on port "
        + "\(mapping.port): Envoy asks by gRPC only where requests are HTTP/2",
      at: origin)
  }
}
