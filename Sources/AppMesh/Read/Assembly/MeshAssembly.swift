import LosslessJSON

/// Assembles the resources of one mesh.
struct MeshAssembly {
  private struct Settings: Located {
    var mesh: Mesh
    var origin: Origin
  }

  private let name: String
  private let log: ProblemLog
  private var settings = Collected<Settings>()
  private var nodes = Collected<VirtualNode>()
  private var gateways = Collected<VirtualGateway>()
  private var routers = Collected<VirtualRouter>()
  private var services = Collected<VirtualService>()
  private var routes = Collected<MeshRoute>()
  private var gatewayRoutes = Collected<GatewayRoute>()
  private(set) var warnings: [Problem] = []

  init(name: String, _ log: ProblemLog) {
    self.name = name
    self.log = log
  }

  mutating func add(_ resource: DescribedResource) {
    let (name, spec, origin) = (resource.name, resource.spec, resource.origin)
    switch resource.kind {
    case .mesh:
      var mesh = Mesh(name: name)
      mesh.read(spec)
      note(settings.add(Settings(mesh: mesh, origin: origin), as: [name], resource.standing, log))
    case .virtualNode:
      var node = VirtualNode(name: name, origin: origin)
      spec.object { node.read($0) }
      note(nodes.add(node, as: [name], resource.standing, log))
    case .virtualGateway:
      var gateway = VirtualGateway(name: name, origin: origin)
      spec.object { gateway.read($0) }
      note(gateways.add(gateway, as: [name], resource.standing, log))
    case .virtualRouter:
      var router = VirtualRouter(name: name, origin: origin)
      spec.object { router.read($0) }
      note(routers.add(router, as: [name], resource.standing, log))
    case .virtualService:
      var service = VirtualService(name: name, origin: origin)
      spec.object { service.read($0) }
      note(services.add(service, as: [name], resource.standing, log))
    case .route, .gatewayRoute: addRoute(resource)
    }
  }

  private mutating func note(_ warning: Problem?) {
    if let warning { warnings.append(warning) }
  }

  private mutating func addRoute(_ resource: DescribedResource) {
    let (name, origin) = (resource.name, resource.origin)
    let key = [resource.parentName ?? "", name]
    if resource.kind == .route {
      let route = resource.spec.object { MeshRoute(name: name, reading: $0, origin: origin) }
      if let route { note(routes.add(route, as: key, resource.standing, log)) }
    } else {
      let route = resource.spec.object { GatewayRoute(name: name, reading: $0, origin: origin) }
      if let route { note(gatewayRoutes.add(route, as: key, resource.standing, log)) }
    }
  }

  /// The mesh made of the resources that were added.
  mutating func finish() -> Mesh {
    var mesh = settings[name]?.mesh ?? Mesh(name: name)
    mesh.virtualNodes = nodes.all.map(\.resource)
    mesh.virtualServices = services.all.map(\.resource)
    mesh.virtualRouters = routers.all.map(\.resource)
    mesh.virtualGateways = gateways.all.map(\.resource)
    let routerIndices = mesh.virtualRouters.map(\.name).indicesByElement
    for (key, route) in routes.all {
      if let index = routerIndices[key[0]] {
        mesh.virtualRouters[index].routes.append(route)
      } else {
        warnings.append(MissingPart.router(key[0], for: "route '\(route.name)'", at: route.origin))
      }
    }
    let gatewayIndices = mesh.virtualGateways.map(\.name).indicesByElement
    for (key, route) in gatewayRoutes.all {
      if let index = gatewayIndices[key[0]] {
        mesh.virtualGateways[index].routes.append(route)
      } else {
        warnings.append(MissingPart.gateway(key[0], for: route))
      }
    }
    if settings[name] == nil, let origin = mesh.firstOrigin {
      warnings.append(Problem(Self.meshNotDescribed, ["mesh": name], at: origin))
    }
    warnings += mesh.missingReferences() + mesh.unusableRoutes()
    return mesh
  }
}

extension Mesh {
  fileprivate var firstOrigin: Origin? {
    let origins =
      virtualNodes.map(\.origin) + virtualServices.map(\.origin) + virtualRouters.map(\.origin)
      + virtualGateways.map(\.origin)
    return origins.min()
  }
}

extension [String] {
  fileprivate var indicesByElement: [String: Int] {
    Dictionary(enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
  }
}

extension MeshAssembly {
  static let rules = [meshNotDescribed, Mesh.routeProtocol]

  private static let meshNotDescribed = Rule.warning(
    "mesh-not-described",
    "No file describes mesh '{mesh}' itself, so App Mesh's default egress filter DROP_ALL applies: "
      + "applications reach only their backends and AWS's APIs.",
    fix: "Add the mesh's own description if its egress filter is ALLOW_ALL.")
}
