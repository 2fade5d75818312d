import AppMesh
import EnvoyInjector
import LosslessJSON

/// What options say of a mesh that App Mesh ran.
struct MeshSettings: Sendable {
  /// In any order; none: there is no mesh.
  var files: [String] = []
  /// Values for what templates leave open.
  var parameters: [NamedValue] = []
  /// Which mesh, where the files describe several.
  var meshName: String?
  /// The virtual node or gateway that Envoy stands for.
  var member: String?
  var certificates = MeshCertificates()
  var defaults = MeshDefaults.retriesWithoutLimits

  /// Reads the files.
  ///
  /// - Returns: `nil` when there are none.
  func read(_ streams: Streams) throws(CommandError) -> MeshOptions? {
    guard !files.isEmpty else { return nil }
    var described: [MeshFile] = []
    for file in files {
      let name = file == "-" ? "<stdin>" : file
      described.append(MeshFile(name: name, bytes: try FileBytes.read(file, streams)))
    }
    let values = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
    let reader = MeshReader(parameters: values, meshName: meshName)
    do throws(MeshError) {
      let reading = try reader.read(described)
      var options = MeshOptions(
        MeshCompiler(reading.mesh, certificates: certificates, defaults: defaults),
        problems: reading.problems)
      options.files = described
      options.parameters = values
      return options
    } catch {
      throw .unreadable(error)
    }
  }
}

extension CommandError {
  /// All that is wrong with the description of a mesh.
  fileprivate static func unreadable(_ error: MeshError) -> CommandError {
    let all = error.problems.map { problem in
      let place = problem.place.map { place in
        "\(place.file ?? ""):\(place.line ?? 1): "
          + (place.pointer.tokens.isEmpty ? "" : "\(place.pointer): ")
      }
      return CommandError.failed((place ?? "") + problem.text.spelled, fix: problem.fix.spelled)
    }
    guard var first = all.first else {
      return .failed("the mesh can't be read", fix: "check its files")
    }
    first.others = Array(all.dropFirst())
    return first
  }
}
