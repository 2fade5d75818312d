internal import EnvoyBootstrap

extension MemberCompiler {
  /// - Returns: `nil` if nobody can find the node.
  mutating func discovery(of node: VirtualNode, _ port: UInt16) -> Cluster.Discovery? {
    guard let discovery = node.serviceDiscovery else { return nil }
    let address = SocketAddress(discovery.hostname, port)
    let preference = discovery.ipPreference ?? index.mesh.ipPreference
    switch discovery {
    case .dns(_, let responseType, _):
      if responseType == .endpoints { note(.discoveryByDNS(node)) }
      return .dns(
        address,
        .init(
          lookupFamily: preference?.lookupFamily ?? .auto,
          allAddressesInSingleEndpoint: responseType == .loadBalancer))
    case .awsCloudMap(let service, let namespace, let attributes, _):
      note(.discoveryByDNS(node))
      if !attributes.isEmpty {
        let others = index.nodes(sharing: service, namespace, with: node.name)
        note(
          others.isEmpty
            ? .attributesIgnored(discovery.hostname, node)
            : .attributes(discovery.hostname, node, others))
      }
      return .dns(address, .init(lookupFamily: preference?.lookupFamily ?? .v4Preferred))
    }
  }
}

extension ServiceDiscovery {
  /// The name that is asked for in DNS, and that certificates carry.
  var hostname: String {
    switch self {
    case .dns(let hostname, _, _): hostname
    case .awsCloudMap(let service, let namespace, _, _): "\(service).\(namespace)"
    }
  }
}

extension IPPreference {
  fileprivate var lookupFamily: DNSOptions.LookupFamily {
    switch self {
    case .ipv6Preferred: .auto
    case .ipv4Preferred: .v4Preferred
    case .ipv4Only: .v4Only
    case .ipv6Only: .v6Only
    }
  }
}

extension Loss {
  fileprivate static func discoveryByDNS(_ node: VirtualNode) -> Loss {
    .init(
      .discoveryByDNS,
      "the endpoints of node '\(node.name)' are found by DNS as '"
        + "\(node.serviceDiscovery?.hostname ?? "")': answers have eight addresses at most, picked "
        + "at random, and unhealthy ones too unless the registry checks their health",
      at: node.origin)
  }

  fileprivate static func attributes(
    _ hostname: String, _ node: VirtualNode, _ others: [String]
  ) -> Loss {
    let names = others.map { "'\($0)'" }.joined(separator: ", ")
    return .init(
      .cloudMapAttributes,
      "nodes '\(node.name)' and \(names) share the Cloud Map service '\(hostname)' and are told "
        + "apart by attributes, which DNS does not know: requests for one would reach all",
      at: node.origin)
  }

  fileprivate static func attributesIgnored(_ hostname: String, _ node: VirtualNode) -> Loss {
    .init(
      .cloudMapAttributesIgnored,
      "node '\(node.name)' is the instances of '\(hostname)' with certain attributes, which DNS "
        + "does not know: every instance is taken",
      at: node.origin)
  }
}
