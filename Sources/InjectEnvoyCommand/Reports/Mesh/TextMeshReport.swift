import AppMesh
import EnvoyInjector
import LosslessJSON

/// For people: from where requests come in to where they end, then what is lost.
struct TextMeshReport {
  private let compiled: CompiledMesh
  private var mesh: Mesh { compiled.mesh }

  private let routers: [String: VirtualRouter]

  init(_ compiled: CompiledMesh) {
    self.compiled = compiled
    routers = Dictionary(compiled.mesh.virtualRouters.map { ($0.name, $0) }) { one, _ in one }
  }

  var text: String {
    let lines =
      ["mesh \(mesh.name): egress \(mesh.egressFilter.rawValue)"]
      + mesh.virtualGateways.flatMap(lines) + mesh.virtualServices.flatMap(lines)
      + mesh.virtualNodes.flatMap(lines) + losses
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(of gateway: VirtualGateway) -> [String] {
    let ports = gateway.listeners.map(\.portMapping.text).joined(separator: ", ")
    return ["virtual gateway \(gateway.name): \(ports)"]
      + gateway.routes.map { route in
        "  \(Self.route(route.name, route.priority, route.match)) -> \(route.virtualServiceName)"
      }
  }

  private func lines(of service: VirtualService) -> [String] {
    switch service.provider {
    case nil: return ["virtual service \(service.name): nobody answers"]
    case .virtualNode(let node): return ["virtual service \(service.name): node \(node)"]
    case .virtualRouter(let name):
      let router = routers[name]
      let ports = (router?.listeners ?? []).map(\.text).joined(separator: ", ")
      return [
        "virtual service \(service.name): router \(name)" + (ports.isEmpty ? "" : ", \(ports)")
      ]
        + (router?.routes ?? []).map { route in
          let targets = route.weightedTargets.map { "\($0.virtualNode) (\($0.weight))" }
          return "  \(Self.route(route.name, route.priority, route.match)) -> "
            + targets.joined(separator: ", ")
        }
    }
  }

  private func lines(of node: VirtualNode) -> [String] {
    let ports = node.listeners.map { listener in
      listener.portMapping.text + (listener.tls.map { " TLS \($0.mode.rawValue)" } ?? "")
    }
    let backends = node.backends.map(\.virtualServiceName)
    return [
      "virtual node \(node.name): " + (ports.isEmpty ? "no port" : ports.joined(separator: ", ")),
      node.serviceDiscovery.map { "  found by \($0.text)" } ?? "  found by nobody",
      backends.isEmpty ? "  calls nobody" : "  calls " + backends.joined(separator: ", "),
    ]
  }

  private static func route(
    _ name: String, _ priority: Int?, _ match: RequestMatch
  ) -> String {
    let order = priority.map { " [\($0)]" } ?? ""
    return "\(name)\(order): " + (match.text.isEmpty ? "everything" : match.text)
  }

  private var losses: [String] {
    guard !compiled.problems.isEmpty else { return ["nothing is lost"] }
    let refused = compiled.refused.map(\.title)
    let end =
      refused.isEmpty
      ? [] : ["Cannot compile \(refused.joined(separator: ", "))."]
    return ["lost:"]
      + compiled.problems.flatMap { problem in
        [
          "  \(problem.place?.file ?? ""):\(problem.place?.line ?? 1): "
            + "\(problem.severity.rawValue): [\(problem.code)] \(problem.text.clause).",
          "    fix: \(problem.fix.clause).",
        ]
      } + end
  }
}
