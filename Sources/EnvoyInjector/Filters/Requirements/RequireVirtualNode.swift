import AppMesh
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Refuses a task of which nobody knows for which virtual node its Envoy stands, and compares its
/// ports with the node's listeners.
///
/// App Mesh's Envoys took traffic only on the ports of listeners.
struct RequireVirtualNode: Check {
  static let name = "require-virtual-node"
  static let summary = "refuse a task for which the mesh files have no virtual node"

  let mesh: MeshOptions
  /// What was asked for; `nil`: the ports of the node's listeners.
  let appPorts: [Int]?
  let former: FormerEnvoy?

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    // One of our own is refused as what it is.
    if task.isGateway { return }
    guard let node = mesh.member else {
      return findings.add(problem, at: task.node(.containerDefinitions), in: task.document)
    }
    let listeners = mesh.ports(of: .virtualNode)
    guard let appPorts else { return warn(of: listeners, of: node, task, &findings) }
    for port in appPorts where !listeners.contains(port) {
      findings.add(
        .appPort(port, node, listeners), at: task.node(.containerDefinitions), in: task.document)
    }
  }

  /// Why no node is known.
  private var problem: Message {
    let nodes = mesh.names(of: .virtualNode)
    switch former?.standing(in: mesh) {
    case .resource(let resource):
      if resource.kind == .virtualGateway { return .isGateway(resource) }
      if resource.mesh != mesh.mesh.name { return .otherMesh(resource, mesh.mesh.name) }
      return .unknownNode(resource, nodes)
    case .undecided(let value): return .undecided(value.string ?? value.compactText, nodes)
    case .nothing, nil: return .noNode(nodes)
    }
  }

  private func warn(
    of listeners: [Int], of node: String, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    for container in task.applicationContainers {
      for mapping in task.list(.portMappings, of: container) {
        guard task.transport(of: mapping) == .tcp, let ports = task.ports(of: mapping),
          !ports.contains(where: listeners.contains)
        else { continue }
        findings.add(
          .pastEnvoy(ports, task.name(of: container), node), at: mapping, in: task.document)
      }
    }
  }
}

extension Message {
  private static func choice(_ nodes: [String]) -> Wording {
    nodes.isEmpty
      ? "give the files that describe virtual nodes"
      : "give \(.node), or the label \(Mark.prefix)node on a container, with one of: "
        + "\(nodes.joined(separator: ", "))"
  }

  fileprivate static func noNode(_ nodes: [String]) -> Self {
    Self(
      .noVirtualNode,
      "nothing says for which virtual node of the mesh the task's Envoy stands",
      fix: choice(nodes))
  }
  fileprivate static func undecided(_ text: String, _ nodes: [String]) -> Self {
    Self(
      .noVirtualNode,
      "for which virtual node the task's Envoy stands is decided when the stack is deployed: "
        + "\(text)", fix: choice(nodes))
  }
  fileprivate static func unknownNode(_ resource: AppMeshResource, _ nodes: [String]) -> Self {
    Self(
      .noVirtualNode,
      "the task's Envoy stands for virtual node '\(resource.name)', which the mesh files do not "
        + "describe", fix: choice(nodes))
  }
  fileprivate static func otherMesh(_ resource: AppMeshResource, _ mesh: String) -> Self {
    Self(
      .otherMesh,
      "the task's Envoy stands for '\(resource.name)' of mesh '\(resource.mesh)', but the mesh files "
        + "describe mesh '\(mesh)'")
  }
  fileprivate static func isGateway(_ resource: AppMeshResource) -> Self {
    Self(
      .noVirtualNode,
      "the task's Envoy stands for virtual gateway '\(resource.name)', but one beside an "
        + "application stands for a virtual node",
      fix: "print the gateway's task definition with "
        + "'inject-envoy gateway \(.meshFile, "FILE") \(.gateway) \(resource.name)'")
  }
  fileprivate static func appPort(_ port: Int, _ node: String, _ listeners: [Int]) -> Self {
    let known = listeners.map { String($0) }.joined(separator: ", ")
    return Self(
      .noListener,
      "virtual node '\(node)' has no listener for application port \(port), so Envoy would close "
        + "its connections",
      fix: known.isEmpty
        ? "leave out \(.appPort): the node has no listener"
        : "name only ports of its listeners with \(.appPort): \(known)")
  }
  fileprivate static func pastEnvoy(
    _ ports: ClosedRange<Int>, _ container: String, _ node: String
  ) -> Self {
    let range = ports.count == 1 ? "\(ports.lowerBound)" : "\(ports.lowerBound)-\(ports.upperBound)"
    return Self(
      .portPastEnvoy,
      "virtual node '\(node)' has no listener for port \(range) of container '\(container)', so its "
        + "traffic goes past Envoy")
  }
}
