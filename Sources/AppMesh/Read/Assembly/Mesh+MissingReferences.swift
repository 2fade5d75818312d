import LosslessJSON

extension Mesh {
  /// Problems of references to parts that no file describes.
  func missingReferences() -> [Problem] {
    let nodes = Set(virtualNodes.map(\.name))
    let routers = Set(virtualRouters.map(\.name))
    let services = Set(virtualServices.map(\.name))
    var problems: [Problem] = []
    for node in virtualNodes {
      for backend in node.backends where !services.contains(backend.virtualServiceName) {
        problems.append(
          MissingPart.service(
            backend.virtualServiceName, for: "virtual node '\(node.name)'", at: node.origin))
      }
    }
    for service in virtualServices {
      switch service.provider {
      case .virtualNode(let name) where !nodes.contains(name):
        problems.append(
          MissingPart.node(name, for: "virtual service '\(service.name)'", at: service.origin))
      case .virtualRouter(let name) where !routers.contains(name):
        problems.append(
          MissingPart.router(name, for: "virtual service '\(service.name)'", at: service.origin))
      default: break
      }
    }
    for route in virtualRouters.flatMap(\.routes) {
      for target in route.weightedTargets where !nodes.contains(target.virtualNode) {
        problems.append(
          MissingPart.node(target.virtualNode, for: "route '\(route.name)'", at: route.origin))
      }
    }
    for route in virtualGateways.flatMap(\.routes)
    where !services.contains(route.virtualServiceName) {
      problems.append(
        MissingPart.service(
          route.virtualServiceName, for: "gateway route '\(route.name)'", at: route.origin))
    }
    return problems
  }
}
