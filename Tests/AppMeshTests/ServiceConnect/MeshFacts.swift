import AppMesh
import LosslessJSON

/// The behavior of a mesh: one text for each field, keyed by the field's pointer.
///
/// The fields of nodes and routes are found by reflection, so new fields of the model are compared
/// without a change here. Virtual services are resolved to the nodes that answer on each port, and
/// defaults are filled in, so that two spellings of the same behavior give the same facts.
struct MeshFacts {
  private(set) var all: [[String]: String] = [:]

  init(_ mesh: Mesh, _ defaults: MeshDefaults) {
    all[["egressFilter"]] = mesh.egressFilter.rawValue
    add(mesh.ipPreference as Any, at: ["ipPreference"])
    for gateway in mesh.virtualGateways { add(gateway, at: ["virtualGateways", gateway.name]) }
    for node in mesh.virtualNodes { add(node) }
    for service in mesh.virtualServices { add(service, in: mesh, defaults) }
  }

  /// The fields in which two meshes differ.
  func differing(from other: MeshFacts) -> [[String]] {
    Set(all.keys).union(other.all.keys).filter { all[$0] != other.all[$0] }
      .sorted { $0.joined(separator: "/") < $1.joined(separator: "/") }
  }

  private mutating func add(_ node: VirtualNode) {
    let path = ["virtualNodes", node.name]
    var rest = node
    (rest.listeners, rest.backends) = ([], [])
    add(rest, at: path)
    all[path + ["backends", "-", "virtualServiceName"]] =
      node.backends.map(\.virtualServiceName).sorted().joined(separator: " ")
    for backend in node.backends {
      add(
        backend.clientPolicy as Any,
        at: path + ["backends", backend.virtualServiceName, "clientPolicy"])
    }
    for listener in node.listeners {
      var listener = listener
      listener.timeout = listener.timeout.filled(listener.portMapping.protocol)
      if listener.tls?.mode == .disabled { listener.tls = nil }
      add(listener, at: path + ["listeners", "\(listener.portMapping.port)"])
    }
  }

  private mutating func add(
    _ service: VirtualService, in mesh: Mesh, _ defaults: MeshDefaults
  ) {
    for (port, routes) in ports(of: service, in: mesh, defaults) where !routes.isEmpty {
      let path = ["virtualServices", service.name, "\(port)"]
      guard routes.count == 1, let route = routes.first else {
        for route in routes { add(route, at: path + [route.name]) }
        continue
      }
      add(route, at: path)
    }
  }

  /// The routes of each port of a service in a canonical form.
  private func ports(
    of service: VirtualService, in mesh: Mesh, _ defaults: MeshDefaults
  ) -> [(UInt16, [MeshRoute])] {
    switch service.provider {
    case nil: return []
    case .virtualNode(let name):
      let node = mesh.virtualNodes.first { $0.name == name }
      return (node?.listeners ?? []).map { listener in
        let mapping = listener.portMapping
        let target = WeightedTarget(virtualNode: name, weight: 1, port: mapping.port)
        let route = MeshRoute(
          name: "", protocol: mapping.protocol, weightedTargets: [target], origin: service.origin)
        return (mapping.port, [spelled(route, mapping, alone: true, mesh, defaults)])
      }
    case .virtualRouter(let name):
      let router = mesh.virtualRouters.first { $0.name == name }
      return (router?.listeners ?? []).map { mapping in
        let routes = (router?.routes ?? []).filter {
          ($0.match.port == nil || $0.match.port == mapping.port)
            && ($0.protocol == .tcp) == (mapping.protocol == .tcp)
        }
        let all = routes.map { spelled($0, mapping, alone: routes.count == 1, mesh, defaults) }
        // A port whose routes have no targets does not answer.
        return (mapping.port, all.filter { !$0.weightedTargets.isEmpty })
      }
    }
  }

  private func spelled(
    _ route: MeshRoute, _ mapping: PortMapping, alone: Bool, _ mesh: Mesh, _ defaults: MeshDefaults
  ) -> MeshRoute {
    var route = route
    route.match.port = nil
    if route.match.path == .prefix("/") { route.match.path = nil }
    route.weightedTargets.removeAll { target in
      let ports = mesh.virtualNodes.first { $0.name == target.virtualNode }?.listeners ?? []
      let fitting = ports.filter { target.port == nil || $0.portMapping.port == target.port }
      return target.weight == 0 || fitting.count != 1
    }
    for index in route.weightedTargets.indices {
      let target = route.weightedTargets[index]
      let node = mesh.virtualNodes.first { $0.name == target.virtualNode }
      route.weightedTargets[index].port = target.port ?? node?.listeners.first?.portMapping.port
    }
    // A single weight or priority has no effect.
    if route.weightedTargets.count == 1 { route.weightedTargets[0].weight = 1 }
    if alone { (route.name, route.priority) = ("", nil) }
    route.timeout = route.timeout.filled(mapping.protocol)
    if mapping.protocol == .tcp { route.retryPolicy = nil }
    if mapping.protocol != .tcp, route.retryPolicy == nil, defaults == .envoys {
      route.retryPolicy = MeshRetryPolicy(maxRetries: 0, perRetryTimeout: .zero)
    }
    // Callers use the listener's protocol.
    route.protocol = mapping.protocol
    return route
  }

  private mutating func add(_ value: Any, at path: [String]) {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
      guard let some = mirror.children.first else { return }
      return add(some.value, at: path)
    }
    guard mirror.displayStyle == .struct, !(value is Duration), !(value is String) else {
      all[path] = "\(value)"
      return
    }
    for child in mirror.children where !(child.value is Origin) {
      add(child.value, at: path + [child.label ?? ""])
    }
  }
}

extension RequestTimeout? {
  /// The timeouts with App Mesh's defaults filled in.
  fileprivate func filled(_ spoken: PortProtocol) -> RequestTimeout {
    RequestTimeout(
      perRequest: spoken == .tcp ? nil : self?.perRequest ?? .seconds(15),
      idle: self?.idle ?? (spoken == .tcp ? .seconds(3600) : .seconds(300)))
  }
}
