import AppMesh

/// A port of a node's tasks, which becomes an endpoint in Service Connect.
struct Endpoint: Hashable {
  let node: String
  let port: UInt16
}

/// A port of a virtual service, as its callers see it.
struct CalledPort {
  let service: VirtualService
  let port: UInt16
  /// The protocol of the router's listener, or of the node's.
  let `protocol`: PortProtocol
  /// The routes that apply to the port, or `nil` if the provider is a node.
  let routes: [MeshRoute]?

  /// The node that answers if there is no router.
  fileprivate let provider: String?

  /// The place of the part that decides where requests go.
  var origin: Origin { routes?.first?.origin ?? service.origin }

  /// The targets that get requests.
  var targets: [WeightedTarget] {
    if let provider { return [WeightedTarget(virtualNode: provider, weight: 1, port: port)] }
    return (routes ?? []).flatMap(\.weightedTargets).filter { $0.weight > 0 }
  }

  /// The names of all nodes that its routes name.
  var nodes: Set<String> { Set(targets.map(\.virtualNode)) }
}

/// The parts of a mesh by name, and the connections between them.
struct MeshParts {
  let nodes: [String: VirtualNode]
  private let routers: [String: VirtualRouter]
  private let callers: [String: Set<String>]

  init(_ mesh: Mesh) {
    nodes = Dictionary(mesh.virtualNodes.map { ($0.name, $0) }) { one, _ in one }
    routers = Dictionary(mesh.virtualRouters.map { ($0.name, $0) }) { one, _ in one }
    var callers: [String: Set<String>] = [:]
    for node in mesh.virtualNodes {
      for backend in node.backends {
        callers[backend.virtualServiceName, default: []].insert(node.name)
      }
    }
    self.callers = callers
  }

  /// The nodes that have the service as a backend.
  func callers(of service: VirtualService) -> Set<String> { callers[service.name] ?? [] }

  /// The ports of a virtual service. Empty if it has no provider.
  func ports(of service: VirtualService) -> [CalledPort] {
    switch service.provider {
    case nil: return []
    case .virtualNode(let name):
      return (nodes[name]?.listeners ?? []).map { listener in
        let mapping = listener.portMapping
        return CalledPort(
          service: service, port: mapping.port, protocol: mapping.protocol, routes: nil,
          provider: name)
      }
    case .virtualRouter(let name):
      guard let router = routers[name] else { return [] }
      return router.listeners.map { mapping in
        let routes = router.routes.filter { route in
          (route.match.port ?? mapping.port) == mapping.port
            && (route.protocol == .tcp) == (mapping.protocol == .tcp)
        }
        return CalledPort(
          service: service, port: mapping.port, protocol: mapping.protocol, routes: routes,
          provider: nil)
      }
    }
  }

  /// The listener that a target refers to, or `nil` if the node does not have it, or has several candidates.
  func listener(of target: WeightedTarget) -> NodeListener? {
    let fitting = (nodes[target.virtualNode]?.listeners ?? []).filter {
      target.port == nil || $0.portMapping.port == target.port
    }
    return fitting.count == 1 ? fitting.first : nil
  }
}
