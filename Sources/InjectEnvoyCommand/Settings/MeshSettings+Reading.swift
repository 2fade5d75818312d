import AppMesh
import EnvoyInjector
import LosslessJSON

extension MeshSettings {
  /// Reads the files.
  ///
  /// - Parameter streams: for a mesh on standard input.
  /// - Returns: `nil` if there are no files.
  func read(_ streams: Streams) throws(CommandError) -> MeshOptions? {
    guard !files.isEmpty else { return nil }
    var described: [MeshFile] = []
    for file in files {
      let name = file == "-" ? "<stdin>" : file
      described.append(MeshFile(name: name, bytes: try FileBytes.read(file, streams)))
    }
    let values = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
    let reader = MeshReader(
      parameters: values, meshName: meshName, requiresParameters: requiresParameters)
    do throws(MeshError) {
      let reading = try reader.read(described)
      let defaults = usesOldDefaults ? MeshDefaults.envoys : .retriesWithoutLimits
      var options = MeshOptions(
        MeshCompiler(
          reading.mesh, certificates: certificates, defaults: defaults, discovery: discovery,
          live: objects),
        problems: reading.problems)
      options.files = described
      options.parameters = values
      return options
    } catch {
      throw CommandError(error.problems, .refused)
    }
  }

  private var objects: MeshLive? {
    var live = live
    if let liveInterval { live?.interval = liveInterval }
    return live
  }
}
