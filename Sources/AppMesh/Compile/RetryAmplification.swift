internal import EnvoyBootstrap
internal import LosslessJSON

/// Finds requests that pass through several Envoys and are retried by each of them.
struct RetryAmplification {
  let compilation: EnvoyCompilation
  private var index: MeshIndex { compilation.index }

  /// - Parameters:
  ///   - services: the services that the Envoy calls.
  /// - name: the name of the Envoy's node or gateway.
  func note(calling services: [String], from name: String) {
    var worst: (node: String, first: Int, second: Int)?
    for (node, first) in retries(calling: services).sorted(by: { $0.key < $1.key }) where first > 0
    {
      let backends = index.node(node)?.backends.map(\.virtualServiceName) ?? []
      let second = retries(calling: backends).values.max() ?? 0
      guard second > 0, first * second > worst.map({ $0.first * $0.second }) ?? 0 else { continue }
      worst = (node, first, second)
    }
    if let worst {
      let (first, second) = (worst.first + 1, worst.second + 1)
      compilation.note(
        Problem(
          Self.retriesMultiply,
          [
            "caller": name, "node": worst.node, "first": "\(first)", "second": "\(second)",
            "calls": "\(first * second)",
          ], at: compilation.profile.origin))
    }
  }

  /// The highest number of retries for each node behind the services.
  private func retries(calling services: [String]) -> [String: Int] {
    var retries: [String: Int] = [:]
    let standard = compilation.defaults.retryPolicy?.numRetries ?? 0
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

extension RetryAmplification {
  static let rules = [retriesMultiply]

  private static let retriesMultiply = Rule.warning(
    "retries-multiply",
    "'{caller}' sends a failing request up to {first} times to '{node}', which sends each on up to "
      + "{second} times. One request becomes {calls} calls.",
    fix: "Give the routes of one of the legs a retry policy with 0 retries.")
}
