internal import EnvoyBootstrap
internal import LosslessJSON

/// Compiles the clusters of nodes as their callers see them.
struct TargetCompiler {
  let compilation: EnvoyCompilation
  private var index: MeshIndex { compilation.index }

  /// The virtual service that a caller uses to reach a node, and the caller's client policy.
  struct Caller {
    var service: String
    var policy: ClientPolicyTLS?
  }

  /// The node's listener that a target names. Reports a problem and returns `nil` if there is none.
  func listener(
    of target: WeightedTarget, in route: MeshRoute
  ) -> (node: VirtualNode, listener: NodeListener)? {
    guard let node = index.node(target.virtualNode) else {
      compilation.note(
        MissingPart.node(target.virtualNode, for: "route '\(route.name)'", at: route.origin))
      return nil
    }
    guard !node.listeners.isEmpty else {
      noteNotCallable(node, "listener")
      return nil
    }
    let fitting = node.listeners.filter {
      target.port == nil || $0.portMapping.port == target.port
    }
    guard fitting.count == 1, let listener = fitting.first else {
      noteUnclearPort(target.port, of: node, in: route)
      return nil
    }
    return (node, listener)
  }

  /// The name of the cluster for a node's listener.
  func cluster(
    for node: VirtualNode, _ listener: NodeListener, _ caller: Caller
  ) -> String {
    let mapping = listener.portMapping
    let name = compilation.names.target(node.name, mapping.protocol, mapping.port)
    guard let discovery = discovery(of: node, mapping.port) else {
      noteNotCallable(node, "service discovery")
      return compilation.nowhere()
    }
    var cluster = Cluster(
      name: name, discovery: discovery, httpVersion: mapping.protocol.upstreamVersion)
    cluster.connectTimeout = .seconds(1)
    cluster.circuitBreakers = compilation.defaults.circuitBreakers
    cluster.ignoresHealthOnHostRemoval = listener.healthCheck != nil
    cluster.healthChecks = healthCheck(of: node, listener).map { [$0] } ?? []
    cluster.outlierDetection = outlierDetection(of: listener)
    cluster.transportSocket = TLSCompiler(compilation: compilation).upstreamTLS(
      to: node, listener, caller.policy)
    return compilation.targets.add(cluster, service: caller.service)
  }

  private func outlierDetection(of listener: NodeListener) -> OutlierDetection? {
    guard let policy = listener.outlierDetection else { return nil }
    var detection = OutlierDetection(
      consecutive5xx: policy.maxServerErrors, interval: policy.interval,
      baseEjectionTime: policy.baseEjectionDuration,
      maxEjectionPercent: policy.maxEjectionPercent)
    detection.endsWithHealthCheck = listener.healthCheck == nil
    return detection
  }

  private func noteNotCallable(_ node: VirtualNode, _ lack: String) {
    compilation.note(
      Problem(Self.nodeNotCallable, ["node": node.name, "lack": lack], at: node.origin))
  }

  private func noteUnclearPort(_ port: UInt16?, of node: VirtualNode, in route: MeshRoute) {
    let ports = node.listeners.map { "\($0.portMapping.port)" }.joined(separator: ", ")
    compilation.note(
      Problem(
        Self.unclearPort,
        [
          "user": "a target" + (port.map { " (\($0))" } ?? "") + " of route '\(route.name)'",
          "target": "node '\(node.name)'", "ports": ports,
        ], at: route.origin))
  }

  private func healthCheck(
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
        compilation.note(
          Problem(
            Self.healthCheckProtocol,
            [
              "node": node.name, "protocol": mapping.protocol.rawValue, "port": "\(mapping.port)",
            ], at: node.origin))
      }
    case .http, .http2:
      kind = .http(
        host: host, path: policy.path ?? "/",
        version: policy.protocol.upstreamVersion ?? .http1)
    }
    return HealthCheck(
      kind, timeout: policy.timeout, interval: policy.interval,
      // With Envoy's default of one minute, a task that failed its first check would stay unhealthy for
      // minutes.
      noTrafficInterval: policy.interval,
      unhealthyThreshold: policy.unhealthyThreshold, healthyThreshold: policy.healthyThreshold,
      altPort: policy.port == mapping.port ? nil : policy.port)
  }

  /// - Returns: `nil` if the node does not have service discovery.
  private func discovery(of node: VirtualNode, _ port: UInt16) -> Cluster.Discovery? {
    guard let discovery = node.serviceDiscovery else { return nil }
    let address = SocketAddress(discovery.hostname, port)
    let preference = discovery.ipPreference ?? index.mesh.ipPreference
    switch discovery {
    case .dns(_, let responseType, _):
      if responseType == .endpoints { noteDNS(node, discovery) }
      return .dns(
        address,
        .init(
          lookupFamily: preference?.lookupFamily ?? .auto,
          allAddressesInSingleEndpoint: responseType == .loadBalancer))
    case .awsCloudMap where compilation.discovery.usesCloudMap(for: node):
      return polled(node, port, preference)
    case .awsCloudMap(let service, let namespace, let attributes, _):
      noteDNS(node, discovery)
      noteLackOfRecords(node, service, namespace)
      if !attributes.isEmpty {
        noteAttributes(node, others: index.nodes(sharing: service, namespace, with: node.name))
      }
      return .dns(address, .init(lookupFamily: preference?.lookupFamily ?? .v4Preferred))
    }
  }

  /// Cloud Map's own answer.
  private func polled(
    _ node: VirtualNode, _ port: UInt16, _ preference: IPPreference?
  ) -> Cluster.Discovery? {
    guard case .awsCloudMap(let service, let namespace, let attributes, _) = node.serviceDiscovery
    else { return nil }
    let query = CloudMapQuery(
      namespace: namespace, service: service,
      attributes: attributes.map { .init($0.key, $0.value) }, port: port,
      hasFixedPort: node.listeners.count > 1,
      families: preference?.families ?? [.v4, .v6])
    if let word = query.unusableWord {
      compilation.note(
        Problem(Self.cloudMapWord, ["node": node.name, "word": word], at: node.origin))
    }
    let cloudMap = compilation.service("the endpoints of node '\(node.name)'") {
      AWSService.cloudMap(in: $0)
    }
    // Without a region there is a problem, and the configuration is not used.
    guard let cloudMap else { return .nowhere }
    return .polled(query, from: cloudMap.source(every: compilation.discovery.interval))
  }

  private func noteLackOfRecords(_ node: VirtualNode, _ service: String, _ namespace: String) {
    switch node.lackOfRecords {
    case nil: break
    case .httpNamespace:
      compilation.note(
        Problem(
          Self.httpNamespace, ["namespace": namespace, "node": node.name], at: node.origin))
    case .noAddressRecords:
      compilation.note(
        Problem(Self.noAddressRecords, ["service": service, "node": node.name], at: node.origin))
    }
  }

  private func noteDNS(_ node: VirtualNode, _ discovery: ServiceDiscovery) {
    compilation.note(
      Problem(
        Self.discoveryByDNS, ["node": node.name, "hostname": discovery.hostname], at: node.origin))
  }

  private func noteAttributes(_ node: VirtualNode, others: [String]) {
    let hostname = node.serviceDiscovery?.hostname ?? ""
    compilation.note(
      others.isEmpty
        ? Problem(
          Self.attributesIgnored, ["node": node.name, "service": hostname], at: node.origin)
        : Problem(
          Self.attributes,
          ["node": node.name, "others": others.quotedList, "service": hostname], at: node.origin))
  }
}

extension ServiceDiscovery {
  /// The name to look up in DNS, which is also the name in certificates.
  var hostname: String {
    switch self {
    case .dns(let hostname, _, _): hostname
    case .awsCloudMap(let service, let namespace, _, _): "\(service).\(namespace)"
    }
  }

  var ipPreference: IPPreference? {
    switch self {
    case .dns(_, _, let preference), .awsCloudMap(_, _, _, let preference): preference
    }
  }
}

extension IPPreference {
  fileprivate var families: [CloudMapQuery.Family] {
    switch self {
    case .ipv6Preferred: [.v6, .v4]
    case .ipv4Preferred: [.v4, .v6]
    case .ipv4Only: [.v4]
    case .ipv6Only: [.v6]
    }
  }

  fileprivate var lookupFamily: DNSOptions.LookupFamily {
    switch self {
    case .ipv6Preferred: .auto
    case .ipv4Preferred: .v4Preferred
    case .ipv4Only: .v4Only
    case .ipv6Only: .v6Only
    }
  }
}

extension TargetCompiler {
  static let rules = [
    attributes, attributesIgnored, cloudMapWord, discoveryByDNS, healthCheckProtocol, httpNamespace,
    noAddressRecords, nodeNotCallable, unclearPort,
  ]

  private static let attributes = Rule.error(
    "cloud-map-attributes",
    "Nodes '{node}' and {others} share Cloud Map service '{service}' and differ only in "
      + "attributes. DNS does not have attributes, so requests for one node would reach all.",
    fix: "Use \(.discover, "cloud-map"), or give each of the nodes its own Cloud Map service.")
  private static let attributesIgnored = Rule.warning(
    "cloud-map-attributes-ignored",
    "Node '{node}' selects instances of '{service}' by attributes. DNS does not have attributes, "
      + "so Envoy uses every instance.",
    fix: "Use \(.discover, "cloud-map"), or make sure that every instance of the service belongs "
      + "to this node.")
  private static let cloudMapWord = Rule.error(
    "cloud-map-word",
    "Node '{node}' is found in Cloud Map by '{word}', which is empty or has a character that Envoy's "
      + "question to Cloud Map cannot hold.",
    fix: "Use printable ASCII without / ? & = # \" \\ < > %.")
  private static let discoveryByDNS = Rule.warning(
    "discovery-by-dns",
    "Envoy finds the endpoints of node '{node}' by DNS as '{hostname}'. An answer holds at most "
      + "eight addresses, picked at random, and unhealthy ones too unless the registry checks "
      + "their health.",
    fix: "Use \(.discover, "cloud-map") if the registry is Cloud Map, or an internal load balancer "
      + "if the service has more than eight tasks.")
  private static let httpNamespace = Rule.error(
    "http-namespace",
    "Namespace '{namespace}' of virtual node '{node}' is for API calls only, so DNS does not have "
      + "its addresses.",
    fix: "Use \(.discover, "cloud-map"), or create a private DNS namespace, and the service in it.")
  private static let noAddressRecords = Rule.error(
    "no-address-records",
    "Cloud Map service '{service}' of virtual node '{node}' has no A or AAAA records, so DNS does "
      + "not have its addresses.",
    fix: "Use \(.discover, "cloud-map"), or give the service A records, with tasks in network mode "
      + "awsvpc.")
  private static let healthCheckProtocol = Rule.error(
    "health-check-protocol",
    "Node '{node}' has a gRPC health check, but speaks {protocol} on port {port}. Envoy makes gRPC "
      + "health checks only where requests are HTTP/2.",
    fix: "Use the listener's protocol for the health check.")
  private static let nodeNotCallable = Rule.warning(
    "node-not-callable",
    "Node '{node}' does not have a {lack}. Its share of the requests gets 503.",
    fix: "Give the node a listener and a service discovery.")
  static let unclearPort = Rule.error(
    "unclear-port", "The port of {user} is unclear: {target} has {ports}.",
    fix: "Name one of these ports.")
}
