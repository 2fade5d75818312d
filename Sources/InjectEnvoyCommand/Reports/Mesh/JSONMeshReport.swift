import AppMesh
import EnvoyInjector
import LosslessJSON

/// The report for programs, with the contents of the text report.
struct JSONMeshReport {
  private let compiled: CompiledMesh

  /// The names of the Envoys that each problem concerns.
  private let concerned: [Problem: [String]]

  init(_ compiled: CompiledMesh) {
    self.compiled = compiled
    var concerned: [Problem: [String]] = [:]
    for member in compiled.members {
      for problem in Set(member.problems) { concerned[problem, default: []].append(member.name) }
    }
    self.concerned = concerned
  }

  var value: JSONValue {
    let mesh = compiled.mesh
    return [
      "mesh": .string(mesh.name),
      "egressFilter": .string(mesh.egressFilter.rawValue),
      "virtualGateways": .array(mesh.virtualGateways.map(Self.value)),
      "virtualServices": .array(mesh.virtualServices.map(Self.value)),
      "virtualRouters": .array(mesh.virtualRouters.map(Self.value)),
      "virtualNodes": .array(mesh.virtualNodes.map(Self.value)),
      "losses": .array(compiled.problems.map(value)),
      "notCompiled": .array(compiled.refused.map { .string($0.name) }),
    ]
  }

  private func value(of problem: Problem) -> JSONValue {
    let message = Message(problem)
    return [
      "code": .string(problem.code), "severity": .string(problem.severity.rawValue),
      "message": .string(message.text), "fix": .string(message.fix),
      "file": .string(problem.place?.file ?? ""), "line": .integer(message.line),
      "pointer": .string(problem.pointer.description),
      "for": .array((concerned[problem] ?? []).map { .string($0) }),
    ]
  }

  private static func value(_ gateway: VirtualGateway) -> JSONValue {
    [
      "name": .string(gateway.name),
      "listeners": .array(gateway.listeners.map { value($0.portMapping) }),
      "routes": .array(
        gateway.routes.map { route in
          .object(
            head(route.name, route.priority, route.match) + [
              .init("virtualService", .string(route.virtualServiceName))
            ])
        }),
    ]
  }

  private static func value(_ service: VirtualService) -> JSONValue {
    let provider: JSONValue =
      switch service.provider {
      case nil: .null
      case .virtualNode(let name): ["virtualNode": .string(name)]
      case .virtualRouter(let name): ["virtualRouter": .string(name)]
      }
    return ["name": .string(service.name), "provider": provider]
  }

  private static func value(_ router: VirtualRouter) -> JSONValue {
    [
      "name": .string(router.name), "listeners": .array(router.listeners.map { value($0) }),
      "routes": .array(
        router.routes.map { route in
          .object(
            head(route.name, route.priority, route.match) + [
              .init("targets", .array(route.weightedTargets.map(value)))
            ])
        }),
    ]
  }

  private static func value(_ target: WeightedTarget) -> JSONValue {
    ["virtualNode": .string(target.virtualNode), "weight": .integer(target.weight)]
  }

  private static func value(_ node: VirtualNode) -> JSONValue {
    [
      "name": .string(node.name),
      "listeners": .array(node.listeners.map { value($0.portMapping) }),
      "serviceDiscovery": node.serviceDiscovery.map { .string($0.text) } ?? .null,
      "backends": .array(node.backends.map { .string($0.virtualServiceName) }),
    ]
  }

  private static func value(_ mapping: PortMapping) -> JSONValue {
    ["port": .integer(Int(mapping.port)), "protocol": .string(mapping.`protocol`.rawValue)]
  }

  private static func head(
    _ name: String, _ priority: Int?, _ match: RequestMatch
  ) -> [JSONValue.Member] {
    [
      .init("name", .string(name)), .init("priority", priority.map(JSONValue.integer) ?? .null),
      .init("match", .string(match.text)),
    ]
  }
}
