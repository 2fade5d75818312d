public import AppMesh
public import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The description of an App Mesh mesh, from which Envoy's configuration is compiled.
public struct MeshOptions: Hashable, Sendable {
  public var compiler: MeshCompiler
  /// The problems that were found when the description was read.
  public var problems: DescriptionProblems
  /// The virtual node or, for a gateway, the virtual gateway that Envoy represents. `nil` means the node that
  /// the document's former Envoy represented.
  public var member: String?
  /// Whether ``member`` is what the Envoy in the document stood for, and no option names it.
  var hasMemberOfDocument = false
  /// Whether it is an error that a parameter's default decides the member.
  public var requiresParameters = false

  /// The files that were read. Documents that are templates may import values from them.
  public var files: [MeshFile] = []
  /// Values for everything that templates leave open, as in ``MeshReader``. They also apply to documents.
  public var parameters: [String: String] = [:]

  public init(_ compiler: MeshCompiler, problems: [Problem] = [], member: String? = nil) {
    self.compiler = compiler
    self.problems = DescriptionProblems(problems, of: compiler)
    self.member = member
  }

  var mesh: Mesh { compiler.mesh }

  func names(of kind: AppMeshResource.Kind) -> [String] {
    switch kind {
    case .virtualNode: mesh.virtualNodes.map(\.name)
    case .virtualGateway: mesh.virtualGateways.map(\.name)
    }
  }

  /// The resource in the form of APPMESH_RESOURCE_ARN, or `nil` if no member is chosen.
  func resource(_ kind: AppMeshResource.Kind) -> String? {
    member.map { "mesh/\(mesh.name)/\(kind.rawValue)/\($0)" }
  }

  /// The ports on which a node's application or a gateway accepts traffic.
  func ports(of kind: AppMeshResource.Kind) -> [Int] {
    let mappings =
      switch kind {
      case .virtualNode:
        mesh.virtualNodes.first { $0.name == member }?.listeners.map(\.portMapping)
      case .virtualGateway:
        mesh.virtualGateways.first { $0.name == member }?.listeners.map(\.portMapping)
      }
    return (mappings ?? []).map { Int($0.port) }.sorted()
  }
}
