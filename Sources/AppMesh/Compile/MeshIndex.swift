/// Looks up the parts of a mesh by name.
///
/// A class, because all Envoys of the mesh are compiled from one index.
final class MeshIndex: Hashable, Sendable {
  let mesh: Mesh
  private let nodes: [String: VirtualNode]
  private let gateways: [String: VirtualGateway]
  private let services: [String: VirtualService]
  private let routers: [String: VirtualRouter]
  /// The names of the nodes that are registered in each Cloud Map service.
  private let nodesByRegistry: [[String]: [String]]

  init(_ mesh: Mesh) {
    self.mesh = mesh
    nodes = Dictionary(mesh.virtualNodes.map { ($0.name, $0) }) { one, _ in one }
    gateways = Dictionary(mesh.virtualGateways.map { ($0.name, $0) }) { one, _ in one }
    services = Dictionary(mesh.virtualServices.map { ($0.name, $0) }) { one, _ in one }
    routers = Dictionary(mesh.virtualRouters.map { ($0.name, $0) }) { one, _ in one }
    let registered = mesh.virtualNodes.compactMap { node -> ([String], String)? in
      guard case .awsCloudMap(let service, let namespace, _, _) = node.serviceDiscovery else {
        return nil
      }
      return ([service, namespace], node.name)
    }
    nodesByRegistry = Dictionary(grouping: registered, by: \.0).mapValues { $0.map(\.1) }
  }

  func node(_ name: String) -> VirtualNode? { nodes[name] }

  func gateway(_ name: String) -> VirtualGateway? { gateways[name] }

  func service(_ name: String) -> VirtualService? { services[name] }

  func router(_ name: String) -> VirtualRouter? { routers[name] }

  /// The other nodes that are registered in the same Cloud Map service.
  func nodes(sharing serviceName: String, _ namespaceName: String, with node: String) -> [String] {
    (nodesByRegistry[[serviceName, namespaceName]] ?? []).filter { $0 != node }.sorted()
  }

  static func == (left: MeshIndex, right: MeshIndex) -> Bool {
    left === right || left.mesh == right.mesh
  }

  func hash(into hasher: inout Hasher) { hasher.combine(mesh) }
}
