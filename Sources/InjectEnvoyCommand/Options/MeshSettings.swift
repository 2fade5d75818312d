import AppMesh
import EnvoyInjector

/// The options about a mesh that App Mesh ran.
struct MeshSettings: Sendable {
  /// The files that describe the mesh, in any order. Empty if there is no mesh.
  var files: [String] = []
  /// Values for parameters of the templates.
  var parameters: [NamedValue] = []
  /// The mesh to use, if the files describe several.
  var meshName: String?
  /// The virtual node or gateway that Envoy represents.
  var member: String?
  var certificates = MeshCertificates()
  var discovery = MeshDiscovery()
  var live: MeshLive?
  var liveInterval: Duration?
  /// The files of the description that the running tasks were injected with.
  var deployed: [String] = []
  var usesOldDefaults = false
  /// Whether the default of a template's parameter is an error, not a warning.
  var requiresParameters = false
}
