import AppMesh

/// Parts of meshes in a short form for tests.
extension Mesh {
  /// - Parameter parts: nodes, services, routers and gateways.
  init(_ egressFilter: EgressFilter = .dropAll, _ parts: any MeshPart...) {
    self.init(name: "m")
    self.egressFilter = egressFilter
    for part in parts { part.add(to: &self) }
  }

  /// A caller `web` of one service `api` on port 80, whose only route leads to node `api`.
  static func calling(
    _ protocol: PortProtocol = .http, _ change: (inout MeshRoute) -> Void = { _ in },
    api: (inout VirtualNode) -> Void = { _ in }, web: (inout VirtualNode) -> Void = { _ in }
  ) -> Mesh {
    var route = MeshRoute("api", `protocol`, ["api": 1])
    change(&route)
    var target = VirtualNode("api", `protocol`, 3000)
    api(&target)
    var caller = VirtualNode("web", calls: ["api.local"])
    web(&caller)
    return Mesh(
      .dropAll, caller, target, VirtualService("api.local", router: "api"),
      VirtualRouter("api", `protocol`, 80, [route]))
  }
}

protocol MeshPart {
  func add(to mesh: inout Mesh)
}

extension Origin {
  static func test(_ name: String) -> Origin {
    .init(file: "mesh.yaml", pointer: "/\(name)", line: 1)
  }
}

extension VirtualNode: MeshPart {
  init(_ name: String, _ protocol: PortProtocol = .http, _ ports: UInt16..., calls: [String] = []) {
    self.init(name: name, origin: .test(name))
    listeners = ports.map { .init(portMapping: .init(port: $0, protocol: `protocol`)) }
    backends = calls.map { .init(virtualServiceName: $0) }
    serviceDiscovery = .dns(
      hostname: "\(name).internal", responseType: .endpoints, ipPreference: nil)
  }

  func add(to mesh: inout Mesh) { mesh.virtualNodes.append(self) }
}

extension VirtualService: MeshPart {
  init(_ name: String, node: String) {
    self.init(name: name, provider: .virtualNode(node), origin: .test(name))
  }

  init(_ name: String, router: String) {
    self.init(name: name, provider: .virtualRouter(router), origin: .test(name))
  }

  func add(to mesh: inout Mesh) { mesh.virtualServices.append(self) }
}

extension VirtualRouter: MeshPart {
  init(_ name: String, _ protocol: PortProtocol = .http, _ port: UInt16, _ routes: [MeshRoute]) {
    self.init(name: name, origin: .test(name))
    listeners = [.init(port: port, protocol: `protocol`)]
    self.routes = routes
  }

  func add(to mesh: inout Mesh) { mesh.virtualRouters.append(self) }
}

extension VirtualGateway: MeshPart {
  init(_ name: String, _ protocol: PortProtocol = .http, _ ports: UInt16..., routes: [GatewayRoute])
  {
    self.init(name: name, origin: .test(name))
    listeners = ports.map { .init(portMapping: .init(port: $0, protocol: `protocol`)) }
    self.routes = routes
  }

  func add(to mesh: inout Mesh) { mesh.virtualGateways.append(self) }
}

extension MeshRoute {
  init(
    _ name: String, _ protocol: PortProtocol, _ targets: KeyValuePairs<String, Int>,
    priority: Int? = nil, _ change: (inout RequestMatch) -> Void = { _ in }
  ) {
    self.init(
      name: name, protocol: `protocol`,
      weightedTargets: targets.map { .init(virtualNode: $0, weight: $1) }, origin: .test(name))
    self.priority = priority
    change(&match)
  }
}

extension GatewayRoute {
  init(
    _ name: String, _ path: RequestMatch.Path = .prefix("/"), to service: String = "api.local",
    _ protocol: PortProtocol = .http, _ change: (inout GatewayRoute) -> Void = { _ in }
  ) {
    self.init(
      name: name, protocol: `protocol`, virtualServiceName: service, origin: .test(name))
    match.path = path
    change(&self)
  }
}
