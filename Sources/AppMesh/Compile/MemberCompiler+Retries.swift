internal import EnvoyBootstrap

/// A request that passes several Envoys is repeated by each of them.
extension MemberCompiler {
  /// - Parameters:
  ///   - services: what the member calls.
  ///   - name: the member's.
  mutating func noteMultipliedRetries(calling services: [String], from name: String) {
    var worst: (node: String, first: Int, second: Int)?
    for (node, first) in retries(calling: services).sorted(by: { $0.key < $1.key }) where first > 0
    {
      let backends = index.node(node)?.backends.map(\.virtualServiceName) ?? []
      let second = retries(calling: backends).values.max() ?? 0
      guard second > 0, first * second > worst.map({ $0.first * $0.second }) ?? 0 else { continue }
      worst = (node, first, second)
    }
    if let worst {
      note(.retriesMultiply(name, worst.node, worst.first, worst.second, at: member.origin))
    }
  }

  /// How often requests to each node behind the services are repeated at most.
  private func retries(calling services: [String]) -> [String: Int] {
    var retries: [String: Int] = [:]
    let standard = defaults.retryPolicy?.numRetries ?? 0
    for service in services {
      switch index.service(service)?.provider {
      case .virtualNode(let node): retries[node] = max(retries[node] ?? 0, standard)
      case .virtualRouter(let router):
        for route in index.router(router)?.routes ?? [] where route.protocol != .tcp {
          for target in route.weightedTargets {
            retries[target.virtualNode] = max(
              retries[target.virtualNode] ?? 0, route.retryPolicy?.maxRetries ?? standard)
          }
        }
      case nil: break
      }
    }
    return retries
  }
}

extension Loss {
  fileprivate static func retriesMultiply(
    _ member: String, _ node: String, _ first: Int, _ second: Int, at origin: Origin
  ) -> Loss {
    .init(
      .retriesMultiply,
      "'\(member)' sends a request that fails up to \(first + 1) times to '\(node)', which sends "
        + "each on up to \(second + 1) times: one request becomes \((first + 1) * (second + 1)) calls",
      at: origin)
  }
}
