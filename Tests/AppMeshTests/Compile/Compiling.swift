import AppMesh
import EnvoyBootstrap
import Foundation
import LosslessJSON
import RealEnvoy
import Testing

/// Envoys of test meshes. If real Envoy is installed, it has loaded their configurations.
enum Compiling {
  static let server = ServerSettings(
    node: .init(id: "", cluster: ""), region: .named("eu-west-1"))

  /// The configuration of the Envoy of node `name`.
  static func sidecar(
    _ mesh: Mesh, _ name: String = "web", _ certificates: MeshCertificates = .init(),
    _ defaults: MeshDefaults = .retriesWithoutLimits, discovery: MeshDiscovery = .init(),
    live: MeshLive? = nil
  ) throws -> EnvoyJSON {
    let compiler = MeshCompiler(
      mesh, certificates: certificates, defaults: defaults, discovery: discovery, live: live)
    return try loaded(compiler.sidecar(node: name, server: server))
  }

  static func gateway(
    _ mesh: Mesh, _ name: String = "gw", _ certificates: MeshCertificates = .init()
  ) throws -> EnvoyJSON {
    try loaded(MeshCompiler(mesh, certificates: certificates).gateway(name, server: server))
  }

  /// The codes of the errors that prevent compiling a sidecar.
  static func errors(
    _ mesh: Mesh, _ name: String = "web", discovery: MeshDiscovery = .init(),
    live: MeshLive? = nil, server: ServerSettings = server
  ) -> [String] {
    do throws(MeshCompileError) {
      _ = try MeshCompiler(mesh, discovery: discovery, live: live)
        .sidecar(node: name, server: server)
    } catch {
      if case .refused(let problems) = error {
        return problems.filter { $0.severity == .error }.map(\.code)
      }
    }
    return []
  }

  private static func loaded(_ envoy: CompiledEnvoy) throws -> EnvoyJSON {
    let json = envoy.bootstrap.json
    if RealEnvoy.isExpected {
      let text = try TLSFiles.existing(in: json).compactText
      let complaints = try RealEnvoy.complaints(about: text)
      #expect(complaints == nil, "\(text)")
    }
    return EnvoyJSON(json: json, envoy: envoy)
  }
}

/// Certificates that Envoy can read, which replace those that a mesh names.
enum TLSFiles {
  static let folder = FileManager.default.temporaryDirectory.appending(path: "mesh-tls-\(getpid())")

  /// A self-signed certificate and its key.
  private static let files = Result {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return try RealEnvoy.run(
      "/usr/bin/env", "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
      "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=test", "-keyout",
      folder.appending(path: "key.pem").path, "-out", folder.appending(path: "cert.pem").path)
  }

  /// The members that say where PEM text is.
  private static let sources: Set = ["filename", "environment_variable"]

  /// The configuration, with paths of existing files, in place of variables as well.
  static func existing(in json: JSONValue) throws -> JSONValue {
    guard sources.contains(where: { !json.all($0).isEmpty }) else { return json }
    let (status, output) = try files.get()
    try #require(status == 0, "openssl: \(output)")
    return replacing(json, path: "cert.pem")
  }

  private static func replacing(_ json: JSONValue, path: String) -> JSONValue {
    switch json {
    case .object(let members):
      .object(
        members.map { member in
          if sources.contains(member.name) {
            return .init("filename", .string(folder.appending(path: path).path))
          }
          let name = member.name == "private_key" ? "key.pem" : "cert.pem"
          return .init(member.name, replacing(member.value, path: name))
        })
    case .array(let elements): .array(elements.map { replacing($0, path: path) })
    default: json
    }
  }
}
