import AppMesh
import CloudFormation
import EnvoyInjector
import LosslessJSON

extension MeshSettings {
  /// Reads the files.
  ///
  /// - Parameters:
  ///   - streams: for a mesh on standard input.
  ///   - readsDocuments: whether parameters may be those of the templates that are injected.
  /// - Returns: the mesh; `nil` if there are no files. And the values for templates that are
  ///   injected.
  func read(
    _ streams: Streams, readsDocuments: Bool
  ) throws(CommandError) -> (mesh: MeshOptions?, parameters: GivenValues) {
    let values = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
    guard !files.isEmpty else { return (nil, GivenValues(values)) }
    var described: [MeshFile] = []
    for file in files {
      let name = file == "-" ? "<stdin>" : file
      described.append(MeshFile(name: name, bytes: try FileBytes.read(file, streams)))
    }
    var reader = MeshReader(
      parameters: values, meshName: meshName, requiresParameters: requiresParameters)
    reader.acceptsOtherParameters = readsDocuments
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
      options.requiresParameters = requiresParameters
      let known = Set(values.keys).subtracting(reading.otherParameters)
      return (options, GivenValues(values, namesElsewhere: known))
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
