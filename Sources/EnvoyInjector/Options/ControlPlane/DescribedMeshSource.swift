import AppMesh
import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions

/// Inject compiles Envoy's configuration from the description of a mesh, and writes it into the task
/// definition.
struct DescribedMeshSource: ConfigurationSource {
  let description: MeshOptions

  var word: String { "static" }
  var mesh: MeshOptions? { description }
  var gatewayFamily: String? { description.member }

  func resource(of kind: AppMeshResource.Kind) -> String? { description.resource(kind) }

  func ports(of kind: AppMeshResource.Kind) -> [Int]? { description.ports(of: kind) }

  func statsTags(of kind: AppMeshResource.Kind) -> [StatsTag]? { description.statsTags(of: kind) }

  func standing(for resource: AppMeshResource) -> InjectionOptions.ControlPlane? {
    guard description.member == nil, resource.kind == .virtualNode,
      resource.mesh == description.mesh.name,
      description.names(of: .virtualNode).contains(resource.name)
    else { return nil }
    var mesh = description
    mesh.member = resource.name
    mesh.hasMemberOfDocument = true
    return .mesh(mesh)
  }

  func validate(_ options: InjectionOptions, for kind: AppMeshResource.Kind) throws(Problem) {
    try options.refuseTrafficSettings(of: "a mesh")
    guard options.nodeID == nil, options.nodeCluster == nil else {
      throw .nodeOfMesh
    }
    let names = description.names(of: kind)
    guard let name = description.member else {
      // The document's former Envoy can tell the node. This does not work for a gateway.
      if kind == .virtualNode { return }
      throw .noGateway(names)
    }
    guard names.contains(name) else {
      throw .unknownMember(name, kind, description)
    }
  }

  func sidecar(
    _ options: InjectionOptions, of task: TaskDefinition, _ applications: [NodeID],
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    try description.sidecar(
      of: task, server, ingressPort: options.ingressPort, egressPort: options.egressPort, &findings
    ).map { CompiledBuilder(server: server, compiled: $0) }
  }

  func gateway(
    _ options: InjectionOptions, of task: TaskDefinition, _ gateway: GatewayOptions,
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    try description.gateway(of: task, server, &findings)
      .map { CompiledBuilder(server: server, compiled: $0) }
  }
}

/// A configuration that the mesh compiler has already made.
private struct CompiledBuilder: BootstrapBuilder {
  var server: ServerSettings
  let compiled: Bootstrap

  var callsAWS: Bool { compiled.callsAWS }

  func check() throws(Problem) {}

  func bootstrap() throws(Problem) -> Bootstrap { compiled }
}

extension Problem {
  fileprivate static let nodeOfMesh = Self(
    "Envoy's node is named after the virtual node or gateway of the mesh.",
    fix: "Leave out \(.nodeId) and \(.nodeCluster).")
  fileprivate static func noGateway(_ names: [String]) -> Self {
    Self(
      "No option names the virtual gateway of the mesh that Envoy represents.",
      fix: names.isEmpty
        ? "Give the files that describe one." : "Give \(.gateway) with one of: \(list(names)).")
  }
  fileprivate static func unknownMember(
    _ name: String, _ kind: AppMeshResource.Kind, _ mesh: MeshOptions
  ) -> Self {
    let word = kind == .virtualNode ? "virtual node" : "virtual gateway"
    let names = mesh.names(of: kind)
    return Self(
      "Mesh '\(mesh.mesh.name)' has no \(word) '\(name)'.",
      fix: names.isEmpty
        ? "Give the files that describe it." : "Use one of: \(list(names)).")
  }
  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
