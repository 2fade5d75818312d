import AppMesh
import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON

/// `inject-envoy mesh`: describes a mesh and the settings that Envoy cannot keep. With `--output`, writes
/// a configuration for each of its Envoys.
struct DescribeMesh: Subcommand {
  static let description = CommandDescription(
    name: "mesh", summary: "Describe an App Mesh mesh, and compile the configuration of each Envoy",
    usage: "mesh [OPTION…] FILE…|-",
    example: "inject-envoy mesh --output configurations mesh.yaml",
    audiences: [.documents, .mesh, .describing])

  private let compiled: CompiledMesh
  private let format: MeshFormat
  private let folder: String?
  private let isQuiet: Bool
  private let region: AWSRegion?
  private let live: LiveOutput?

  /// Where live weights are written, and what they are compared with.
  private struct LiveOutput {
    let folder: String
    let mesh: MeshOptions
    let deployed: MeshSettings
  }

  init(_ call: Call) throws(CommandError) {
    let missing = CommandError.usage(
      "'mesh' needs a description.", fix: "Name its files, or '-' for standard input.")
    guard !call.arguments.files.isEmpty else { throw missing }
    let options = try call.sources().callOptions()
    guard let mesh = options.injection.controlPlane.mesh else { throw missing }
    compiled = CompiledMesh(mesh, region: options.injection.region)
    format = options.meshFormat
    folder = options.output.folder
    region = options.injection.region
    live = try Self.liveOutput(of: options, mesh)
    isQuiet = options.output.isQuiet
    guard folder == nil || !format.isServiceConnect else {
      throw .usage(
        "--output and --format \(format.rawValue) exclude each other.",
        fix: "Give one of them: the report is about Service Connect, the files are for Envoy.")
    }
  }

  private static func liveOutput(
    of options: CallOptions, _ mesh: MeshOptions
  ) throws(CommandError) -> LiveOutput? {
    var deployed = options.mesh
    deployed.files = options.mesh.deployed
    guard let folder = options.output.liveFolder else {
      guard deployed.files.isEmpty else {
        throw .usage("--deployed has no effect here.", fix: "Give --live-output DIR as well.")
      }
      return nil
    }
    guard !deployed.files.isEmpty else {
      throw .usage(
        "--live-output needs the description that the running tasks were injected with.",
        fix: "Give it with --deployed FILE.")
    }
    return LiveOutput(folder: folder, mesh: mesh, deployed: deployed)
  }

  /// - Returns: refused if an Envoy cannot be compiled without a silent change of its behavior. The
  ///   report on Service Connect refuses nothing.
  func run(_ streams: Streams) throws -> ExitStatus {
    if let live {
      try write(live, streams)
      return .done
    }
    try streams.write(Array(Printable.lines(format.text(of: compiled)).utf8))
    guard compiled.refused.isEmpty || format.isServiceConnect else {
      if folder != nil { throw nothingWritten }
      return .refused
    }
    if let folder { try write(to: folder, streams) }
    return .done
  }

  private func write(_ live: LiveOutput, _ streams: Streams) throws {
    guard let deployed = try live.deployed.read(streams, readsDocuments: false).mesh else { return }
    let weights = try LiveWeights(from: deployed, to: live.mesh, region: region)
    let members = Dictionary(grouping: weights.objects.map(\.member)) { $0.name.lowercased() }
    var files: [(name: String, bytes: [UInt8])] = []
    for (member, text) in weights.objects {
      files.append((try fileName(of: member, among: members), Array(text.utf8)))
    }
    try OutputFolder(path: live.folder).write(files)
    if !isQuiet { for file in files { streams.say("\(live.folder)/\(file.name): written") } }
  }

  /// Writes all files or none: names are checked before the first one is written.
  private func write(to folder: String, _ streams: Streams) throws {
    let callsAWS = compiled.members.contains { $0.bootstrap?.callsAWS == true }
    guard region != nil || !callsAWS else { throw CommandError.regionMissing }
    let members = Dictionary(grouping: compiled.members) { $0.name.lowercased() }
    var files: [(name: String, bytes: [UInt8])] = []
    for member in compiled.members {
      guard let bootstrap = member.bootstrap else { continue }
      let name = try fileName(of: member, among: members)
      files.append((name, Array((bootstrap.json.prettyText + "\n").utf8)))
    }
    try OutputFolder(path: folder).write(files)
    if !isQuiet { for file in files { streams.say("\(folder)/\(file.name): written") } }
  }

  /// A node and a gateway may have the same name.
  private func fileName(
    of member: CompiledMesh.Member, among members: [String: [CompiledMesh.Member]]
  ) throws(CommandError) -> String {
    let isSafe = member.name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x2F }
    guard isSafe, !member.name.hasPrefix(".") else { throw .unsafeName(member) }
    let others = members[member.name.lowercased()] ?? []
    guard others.count == 1 else { throw .sameName(others) }
    return member.name + ".json"
  }

  private var nothingWritten: CommandError {
    let names = compiled.refused.map(\.title).joined(separator: ", ")
    return .failed(
      "Nothing is written: cannot compile \(names).", fix: "Fix the errors listed above.")
  }
}

extension CommandError {
  fileprivate static let regionMissing = CommandError.usage(
    "The configurations call AWS, but no option says in which region.",
    fix: "Give it with --region.")

  fileprivate static func unsafeName(_ member: CompiledMesh.Member) -> CommandError {
    .failed(
      "Nothing is written: the name of \(member.title) cannot be a file name.",
      fix: "Rename it in the description.")
  }

  fileprivate static func sameName(_ members: [CompiledMesh.Member]) -> CommandError {
    .failed(
      "Nothing is written: \(members.map(\.title).joined(separator: " and ")) would have the same "
        + "file.", fix: "Rename one of them in the description.")
  }
}
