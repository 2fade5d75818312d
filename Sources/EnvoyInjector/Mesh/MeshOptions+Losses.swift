public import AppMesh
import RolePolicies
import TaskChecks
public import TaskDefinitions

extension MeshOptions {
  /// What the description alone shows to be lost for the member: at itself, at what it calls, or at
  /// the mesh.
  public func losses(of kind: AppMeshResource.Kind) -> [Loss] {
    let reached = reached(from: kind)
    let others = all.subtracting(reached)
    return losses.filter { !others.contains($0.origin) }
  }

  /// Where the parts of the mesh are described.
  private var all: Set<Origin> {
    let nodes = mesh.virtualNodes.map(\.origin)
    let gateways = mesh.virtualGateways.flatMap { [$0.origin] + $0.routes.map(\.origin) }
    return Set(nodes + gateways).union(origins(of: mesh.virtualServices.map(\.name)))
  }

  private func reached(from kind: AppMeshResource.Kind) -> Set<Origin> {
    switch kind {
    case .virtualNode:
      guard let node = mesh.virtualNodes.first(where: { $0.name == member }) else { return [] }
      return origins(of: node.backends.map(\.virtualServiceName)).union([node.origin])
    case .virtualGateway:
      guard let gateway = mesh.virtualGateways.first(where: { $0.name == member }) else {
        return []
      }
      return origins(of: gateway.routes.map(\.virtualServiceName))
        .union([gateway.origin] + gateway.routes.map(\.origin))
    }
  }

  /// Of virtual services, and of what answers for them.
  private func origins(of services: [String]) -> Set<Origin> {
    var origins: Set<Origin> = []
    for service in mesh.virtualServices where services.contains(service.name) {
      origins.insert(service.origin)
      var nodes: [String] = []
      switch service.provider {
      case nil: break
      case .virtualNode(let name): nodes = [name]
      case .virtualRouter(let name):
        for router in mesh.virtualRouters where router.name == name {
          origins.formUnion([router.origin] + router.routes.map(\.origin))
          nodes = router.routes.flatMap(\.weightedTargets).map(\.virtualNode)
        }
      }
      origins.formUnion(mesh.virtualNodes.filter { nodes.contains($0.name) }.map(\.origin))
    }
    return origins
  }
}
