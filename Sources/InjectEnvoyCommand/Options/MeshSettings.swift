import AppMesh
import EnvoyInjector

/// What options say about a mesh that App Mesh ran.
struct MeshSettings: Sendable {
  /// In any order; empty if there is no mesh.
  var files: [String] = []
  /// Values for parameters of the templates.
  var parameters: [NamedValue] = []
  /// The mesh to use, if the files describe several.
  var meshName: String?
  /// The virtual node or gateway that Envoy represents.
  var member: String?
  var certificates = MeshCertificates()
  var usesOldDefaults = false
}
