import AppMesh
import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension MeshOptions {
  /// Compiles the configuration of a sidecar. Losses become findings.
  ///
  /// - Returns: `nil` if the findings explain why there is no configuration.
  func sidecar(
    of task: TaskDefinition, _ server: ServerSettings, ingressPort: Int, egressPort: Int,
    _ findings: inout Findings
  ) throws(Problem) -> Bootstrap? {
    guard let member else { return nil }
    return try bootstrap(of: task, .virtualNode, &findings) { () throws(MeshCompileError) in
      try compiler.sidecar(
        node: member, server: server, ingressPort: UInt16(clamping: ingressPort),
        egressPort: UInt16(clamping: egressPort))
    }
  }

  /// Compiles the configuration of a gateway.
  ///
  /// - Returns: `nil` if the findings explain why there is no configuration.
  func gateway(
    of task: TaskDefinition, _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> Bootstrap? {
    guard let member else { return nil }
    return try bootstrap(of: task, .virtualGateway, &findings) { () throws(MeshCompileError) in
      try compiler.gateway(member, server: server)
    }
  }

  private func bootstrap(
    of task: TaskDefinition, _ kind: AppMeshResource.Kind, _ findings: inout Findings,
    _ compile: () throws(MeshCompileError) -> CompiledEnvoy
  ) throws(Problem) -> Bootstrap? {
    var problems: [Problem]
    var bootstrap: Bootstrap?
    do throws(MeshCompileError) {
      let member = try compile()
      problems = member.problems
      bootstrap = member.bootstrap
    } catch {
      switch error {
      case .server(let error): throw error
      case .refused(let found): problems = found
      case .unknownEnvoy: problems = []
      }
    }
    for problem in self.problems.concerning(kind.envoyKind, member) + problems {
      findings.add(
        problem.namingItsPlace, at: task.node(.containerDefinitions), in: task.document)
    }
    return bootstrap
  }

  /// The tags that App Mesh's agent set.
  /// <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-metrics.html>
  func statsTags(of kind: AppMeshResource.Kind) -> [StatsTag] {
    let tag = kind == .virtualNode ? "appmesh.virtual_node" : "appmesh.virtual_gateway"
    return [
      StatsTag(name: "appmesh.mesh", fixedValue: mesh.name),
      StatsTag(name: tag, fixedValue: member ?? ""),
    ]
  }
}

extension Problem {
  /// A problem of a mesh's description, reported for a task definition. Its text includes the place in the
  /// description.
  fileprivate var namingItsPlace: Problem {
    let place = place ?? Place()
    return Problem(
      rule, text: "\(place.file ?? ""):\(place.line ?? 1): \(text)", fix: fix, at: place)
  }
}

extension AppMeshResource.Kind {
  fileprivate var envoyKind: MeshCompileError.EnvoyKind {
    switch self {
    case .virtualNode: .virtualNode
    case .virtualGateway: .virtualGateway
    }
  }
}
