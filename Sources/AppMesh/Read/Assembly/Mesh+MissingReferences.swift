extension Mesh {
  /// What the mesh names and no file describes.
  func missingReferences() -> [Loss] {
    let nodes = Set(virtualNodes.map(\.name))
    let routers = Set(virtualRouters.map(\.name))
    let services = Set(virtualServices.map(\.name))
    var losses: [Loss] = []
    for node in virtualNodes {
      for backend in node.backends where !services.contains(backend.virtualServiceName) {
        losses.append(
          .noService(
            backend.virtualServiceName, for: "virtual node '\(node.name)'", at: node.origin))
      }
    }
    for service in virtualServices {
      switch service.provider {
      case .virtualNode(let name) where !nodes.contains(name):
        losses.append(
          .noNode(name, for: "virtual service '\(service.name)'", at: service.origin))
      case .virtualRouter(let name) where !routers.contains(name):
        losses.append(
          .noRouter(name, for: "virtual service '\(service.name)'", at: service.origin))
      default: break
      }
    }
    for route in virtualRouters.flatMap(\.routes) {
      for target in route.weightedTargets where !nodes.contains(target.virtualNode) {
        losses.append(
          .noNode(target.virtualNode, for: "route '\(route.name)'", at: route.origin))
      }
    }
    for route in virtualGateways.flatMap(\.routes)
    where !services.contains(route.virtualServiceName) {
      losses.append(
        .noService(
          route.virtualServiceName, for: "gateway route '\(route.name)'", at: route.origin))
    }
    return losses
  }
}
