public import LosslessJSON

/// The problems of a mesh's description, grouped by the Envoys that they concern.
///
/// A problem concerns an Envoy if it is at the Envoy's node or gateway, at a service that it calls, or at
/// a part that answers for that service. A problem at none of these concerns the whole mesh.
public struct DescriptionProblems: Hashable, Sendable {
  public let all: [Problem]
  private let index: MeshIndex
  /// Indices of problems that concern the whole mesh.
  private let general: [Int]
  private let byPlace: [Place: [Int]]

  public init(_ problems: [Problem], of compiler: MeshCompiler) {
    all = problems
    index = compiler.index
    let parts = problems.isEmpty ? [] : compiler.index.places
    var general: [Int] = []
    var byPlace: [Place: [Int]] = [:]
    for (index, problem) in problems.enumerated() {
      if let place = problem.place, parts.contains(place) {
        byPlace[place, default: []].append(index)
      } else {
        general.append(index)
      }
    }
    self.general = general
    self.byPlace = byPlace
  }

  /// - Parameter name: the node or gateway, or `nil` for only the problems of the whole mesh.
  public func concerning(_ kind: MeshCompileError.EnvoyKind, _ name: String?) -> [Problem] {
    guard !all.isEmpty else { return [] }
    let own = name.map { index.reach(of: kind, $0) } ?? []
    return (general + own.flatMap { byPlace[$0] ?? [] }).sorted().map { all[$0] }
  }
}

extension MeshIndex {
  /// The places of all parts that an Envoy can reach.
  fileprivate var places: Set<Place> {
    let nodes = mesh.virtualNodes.map(\.origin.place)
    let gateways = mesh.virtualGateways.flatMap { gateway in
      [gateway.origin.place] + gateway.routes.map(\.origin.place)
    }
    return Set(nodes + gateways).union(places(of: mesh.virtualServices.map(\.name)))
  }

  /// The places of the parts that an Envoy depends on.
  fileprivate func reach(of kind: MeshCompileError.EnvoyKind, _ name: String) -> Set<Place> {
    switch kind {
    case .virtualNode:
      guard let node = node(name) else { return [] }
      return places(of: node.backends.map(\.virtualServiceName)).union([node.origin.place])
    case .virtualGateway:
      guard let gateway = gateway(name) else { return [] }
      return places(of: gateway.routes.map(\.virtualServiceName))
        .union([gateway.origin.place] + gateway.routes.map(\.origin.place))
    }
  }

  /// The places of virtual services, and of the parts that answer for them.
  private func places(of services: [String]) -> Set<Place> {
    var places: Set<Place> = []
    for service in Set(services).compactMap({ self.service($0) }) {
      places.insert(service.origin.place)
      switch service.provider {
      case nil: break
      case .virtualNode(let name): places.formUnion([node(name)?.origin.place].compactMap(\.self))
      case .virtualRouter(let name):
        guard let router = router(name) else { continue }
        places.insert(router.origin.place)
        for route in router.routes {
          places.insert(route.origin.place)
          places.formUnion(
            route.weightedTargets.compactMap { node($0.virtualNode)?.origin.place })
        }
      }
    }
    return places
  }
}
