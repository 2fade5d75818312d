extension Loss.Code {
  /// What is found while a mesh is read.
  static let readingCodes: [Self] = [
    meshNotDescribed, unknownVirtualNode, unknownVirtualService, unknownVirtualRouter,
    unknownVirtualGateway, httpNamespace, noAddressRecords,
  ]

  static let meshNotDescribed = Self.warning(
    "mesh-not-described",
    "no file describes the mesh itself, so App Mesh's default counts: applications reach their "
      + "backends and AWS's APIs only",
    remedy: "give the mesh's own description too if its egress filter is ALLOW_ALL")
  static let unknownVirtualNode = Self.warning(
    "unknown-virtual-node",
    "a virtual node is named that no file describes, so nothing can be sent to it",
    remedy: "give the node's description too, or remove what names it")
  static let unknownVirtualService = Self.warning(
    "unknown-virtual-service",
    "a virtual service is named that no file describes, so calls to it have no route",
    remedy: "give the service's description too, or remove what names it")
  static let unknownVirtualRouter = Self.warning(
    "unknown-virtual-router",
    "a virtual router is named that no file describes, so what depends on it is left out",
    remedy: "give the router's description too, or remove what names it")
  static let unknownVirtualGateway = Self.warning(
    "unknown-virtual-gateway",
    "a virtual gateway is named that no file describes, so its routes are left out",
    remedy: "give the gateway's description too, or remove what names it")
  static let httpNamespace = Self.error(
    "http-namespace",
    "a Cloud Map namespace is for API calls only, so no DNS name tells a service's addresses",
    remedy: "create a private DNS namespace, and the service in it")
  static let noAddressRecords = Self.error(
    "no-address-records",
    "a Cloud Map service has no A or AAAA records, so no DNS name tells its addresses",
    remedy: "give the service A records, with tasks in network mode awsvpc")
}

extension Loss {
  static func meshNotDescribed(_ name: String, at origin: Origin) -> Loss {
    Loss(
      .meshNotDescribed,
      "no file describes the mesh '\(name)' itself, so App Mesh's default egress filter, "
        + "DROP_ALL, counts", at: origin)
  }

  static func noNode(_ name: String, for user: String, at origin: Origin) -> Loss {
    Loss(
      .unknownVirtualNode,
      "\(user) names the virtual node '\(name)', which no file describes", at: origin)
  }

  static func noService(_ name: String, for user: String, at origin: Origin) -> Loss {
    Loss(
      .unknownVirtualService,
      "\(user) names the virtual service '\(name)', which no file describes", at: origin)
  }

  static func noRouter(_ name: String, for user: String, at origin: Origin) -> Loss {
    Loss(
      .unknownVirtualRouter,
      "\(user) names the virtual router '\(name)', which no file describes", at: origin)
  }

  static func noGateway(_ name: String, for route: GatewayRoute) -> Loss {
    Loss(
      .unknownVirtualGateway,
      "gateway route '\(route.name)' names the virtual gateway '\(name)', which no file "
        + "describes, so it is left out", at: route.origin)
  }

  static func httpNamespace(_ namespace: String, for node: VirtualNode) -> Loss {
    Loss(
      .httpNamespace,
      "the namespace '\(namespace)' of the virtual node '\(node.name)' is for API calls only, so "
        + "no DNS name tells its addresses", at: node.origin)
  }

  static func noAddressRecords(_ service: String, for node: VirtualNode) -> Loss {
    Loss(
      .noAddressRecords,
      "the Cloud Map service '\(service)' of the virtual node '\(node.name)' has no A or AAAA "
        + "records, so no DNS name tells its addresses", at: node.origin)
  }
}
