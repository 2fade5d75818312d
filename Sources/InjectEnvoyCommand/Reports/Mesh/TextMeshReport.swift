import AppMesh
import EnvoyInjector
import LosslessJSON

/// The report for people: gateways, services and nodes in the direction of requests, then the losses.
struct TextMeshReport {
  private let compiled: CompiledMesh
  private var mesh: Mesh { compiled.mesh }

  private let routers: [String: VirtualRouter]
  private let titles: [Place: String]

  init(_ compiled: CompiledMesh) {
    self.compiled = compiled
    routers = Dictionary(compiled.mesh.virtualRouters.map { ($0.name, $0) }) { one, _ in one }
    titles = compiled.mesh.titles
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
    case nil: return ["virtual service \(service.name): no provider"]
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
      node.serviceDiscovery.map { "  discovered by \($0.text)" + asking(node) }
        ?? "  no service discovery",
      backends.isEmpty ? "  no backends" : "  backends: " + backends.joined(separator: ", "),
    ]
  }

  private static func route(
    _ name: String, _ priority: Int?, _ match: RequestMatch
  ) -> String {
    let order = priority.map { " [\($0)]" } ?? ""
    return "\(name)\(order): " + (match.text.isEmpty ? "everything" : match.text)
  }

  /// How often Envoys ask Cloud Map for a node. Envoy adds a random time, up to the interval.
  private func asking(_ node: VirtualNode) -> String {
    let discovery = compiled.compiler.discovery
    guard discovery.usesCloudMap(for: node) else { return "" }
    let seconds = discovery.interval.components.seconds
    return " (its API, every \(seconds) to \(2 * seconds) s)"
  }

  private var losses: [String] {
    guard !compiled.problems.isEmpty else { return ["no losses"] }
    let refused = compiled.refused.map(\.title)
    let end =
      refused.isEmpty
      ? [] : ["Cannot compile \(refused.joined(separator: ", "))."]
    return ["lost:"]
      + groups.flatMap { group -> [String] in
        let message = Message(group[0])
        let others = group.dropFirst().map { title(at: $0.place ?? Place()) }
        return [
          "  \(message.ownPlace ?? ":1"): \(message.problem.severity.rawValue): \(message.coded)"
        ]
          + (others.isEmpty ? [] : ["    also: \(others.joined(separator: ", "))"])
          + ["    fix: \(message.fix)"]
      } + end
  }

  /// The problems. Warnings with the same rule and fix form a group.
  private var groups: [[Problem]] {
    var groups: [[Problem]] = []
    var indices: [[String]: Int] = [:]
    for problem in compiled.problems {
      let key = [problem.code, problem.fix.spelled]
      if problem.severity == .warning, let index = indices[key] {
        groups[index].append(problem)
      } else {
        indices[key] = groups.count
        groups.append([problem])
      }
    }
    return groups
  }

  /// The part of the mesh at a place, with its line.
  private func title(at place: Place) -> String {
    let line = "\(place.file ?? ""):\(place.line ?? 1)"
    return titles[place].map { "\($0) (\(line))" } ?? line
  }
}

extension Mesh {
  /// The kinds and names of the parts, by their places.
  fileprivate var titles: [Place: String] {
    let nodes = virtualNodes.map { ($0.origin, "virtual node '\($0.name)'") }
    let gateways = virtualGateways.map { ($0.origin, "virtual gateway '\($0.name)'") }
    let services = virtualServices.map { ($0.origin, "virtual service '\($0.name)'") }
    let routes = virtualRouters.flatMap(\.routes).map { ($0.origin, "route '\($0.name)'") }
    let gatewayRoutes = virtualGateways.flatMap(\.routes).map { route in
      (route.origin, "gateway route '\(route.name)'")
    }
    let all = nodes + gateways + services + routes + gatewayRoutes
    return Dictionary(all.map { ($0.0.place, $0.1) }) { first, _ in first }
  }
}
