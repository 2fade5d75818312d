/// The parts of a mesh by name.
struct MeshIndex {
  let mesh: Mesh
  private let nodes: [String: VirtualNode]
  private let services: [String: VirtualService]
  private let routers: [String: VirtualRouter]

  init(_ mesh: Mesh) {
    self.mesh = mesh
    nodes = Dictionary(mesh.virtualNodes.map { ($0.name, $0) }) { one, _ in one }
    services = Dictionary(mesh.virtualServices.map { ($0.name, $0) }) { one, _ in one }
    routers = Dictionary(mesh.virtualRouters.map { ($0.name, $0) }) { one, _ in one }
  }

  func node(_ name: String) -> VirtualNode? { nodes[name] }

  func service(_ name: String) -> VirtualService? { services[name] }

  func router(_ name: String) -> VirtualRouter? { routers[name] }

  /// Other nodes that are registered in the same Cloud Map service.
  func nodes(sharing serviceName: String, _ namespaceName: String, with node: String) -> [String] {
    mesh.virtualNodes.filter { other in
      guard other.name != node,
        case .awsCloudMap(serviceName, namespaceName, _, _) = other.serviceDiscovery
      else { return false }
      return true
    }.map(\.name).sorted()
  }
}
