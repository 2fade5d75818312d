import AppMesh
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Rejects a task whose virtual node is unknown, and compares the ports of the task with the node's
/// listeners.
///
/// App Mesh's Envoys accepted traffic only on the ports of listeners.
struct RequireVirtualNode: Check {
  static let name = "require-virtual-node"
  static let summary = "Refuse a task for which the mesh files have no virtual node"

  let mesh: MeshOptions
  /// The ports that an option sets, or `nil` for the ports of the node's listeners.
  let appPorts: [Int]?
  let former: FormerEnvoy?
  /// The containers that Envoy serves.
  let applications: [NodeID]

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    // Another check rejects a gateway of ours.
    if task.isGateway { return }
    guard let node = mesh.member else {
      return reportUnknownNode(task, &findings)
    }
    if mesh.hasMemberOfDocument, let defaults = former?.defaults(in: mesh) {
      findings.add(
        mesh.requiresParameters ? defaults.asError : defaults,
        at: task.node(.containerDefinitions), in: task.document)
    }
    let listeners = mesh.ports(of: .virtualNode)
    guard let appPorts else { return warn(of: listeners, of: node, task, &findings) }
    for port in appPorts where !listeners.contains(port) {
      let known = listeners.map { String($0) }.joined(separator: ", ")
      findings.add(
        Self.noListener, ["node": node, "port": "\(port)"],
        fix: known.isEmpty
          ? nil : "Name only ports of the node's listeners with \(.appPort): \(known)",
        at: task.node(.containerDefinitions), in: task.document)
    }
  }

  private func reportUnknownNode(_ task: TaskDefinition, _ findings: inout Findings) {
    let place = task.node(.containerDefinitions)
    let names = mesh.names(of: .virtualNode).joined(separator: ", ")
    var fix: Wording =
      names.isEmpty
      ? "Pass the files that describe virtual nodes."
      : "Name one of these with \(.node), or with the label \(Mark.prefix)node on a container: "
        + "\(names)"
    let reason: String
    switch former?.standing(in: mesh) {
    case .resource(let resource) where resource.kind == .virtualGateway:
      reason = "the Envoy runs for virtual gateway '\(resource.name)'"
      fix =
        "Print the gateway's task definition with "
        + "'inject-envoy gateway \(.meshFile, "FILE") \(.gateway) \(resource.name)'."
    case .resource(let resource) where resource.mesh != mesh.mesh.name:
      return findings.add(
        Self.otherMesh,
        ["name": resource.name, "mesh": resource.mesh, "described": mesh.mesh.name], at: place,
        in: task.document)
    case .resource(let resource):
      reason = "the mesh files do not describe virtual node '\(resource.name)'"
    case .undecided(let value):
      reason = "the deployment of the stack decides it (\(value.string ?? value.compactText))"
    case .nothing, nil: reason = "no option, label, or variable names it"
    }
    findings.add(Self.noVirtualNode, ["reason": reason], fix: fix, at: place, in: task.document)
  }

  private func warn(
    of listeners: [Int], of node: String, _ task: TaskDefinition, _ findings: inout Findings
  ) {
    for container in applications {
      for mapping in task.list(.portMappings, of: container) {
        guard task.transport(of: mapping) == .tcp, let ports = task.ports(of: mapping),
          !ports.contains(where: listeners.contains)
        else { continue }
        let port =
          ports.count == 1 ? "\(ports.lowerBound)" : "\(ports.lowerBound)-\(ports.upperBound)"
        findings.add(
          Self.portPastEnvoy, ["node": node, "port": port, "name": task.name(of: container)],
          at: mapping, in: task.document)
      }
    }
  }
}

extension RequireVirtualNode {
  static let rules = [noVirtualNode, otherMesh, noListener, portPastEnvoy] + MeshRules.ofReading

  private static let noVirtualNode = Rule.error(
    "no-virtual-node", "The virtual node of the task's Envoy is unknown: {reason}.",
    fix: "Name the node with \(.node), or with the label \(Mark.prefix)node on a container.")
  private static let otherMesh = Rule.error(
    "other-mesh",
    "The task's Envoy runs for '{name}' of mesh '{mesh}', but the mesh files describe mesh "
      + "'{described}'.",
    fix: "Pass the files of that mesh, or name a node of this one with \(.node).")
  private static let noListener = Rule.error(
    "no-listener",
    "Virtual node '{node}' has no listener for application port {port}, so Envoy would close its "
      + "connections.",
    fix: "Leave out \(.appPort), because the node has no listener.")
  private static let portPastEnvoy = Rule.warning(
    "port-past-envoy",
    "Virtual node '{node}' has no listener for port {port} of container '{name}', so its traffic "
      + "bypasses Envoy.",
    fix: "Add a listener to the virtual node's description if Envoy should serve the port.")
}
