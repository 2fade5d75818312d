import AppMesh
import EnvoyBootstrap
import EnvoyInjector
import LosslessJSON

/// `inject-envoy mesh`: what was understood of a mesh's description, and what is lost; with
/// `--output` a configuration for each of its Envoys.
struct DescribeMesh {
  private let compiled: CompiledMesh
  private let format: MeshFormat
  private let folder: String?
  private let isQuiet: Bool

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String], _ streams: Streams
  ) throws(CommandError) {
    guard !arguments.files.isEmpty else {
      throw .usage("mesh needs a description", fix: "name its files, or '-' for standard input")
    }
    let sources = try OptionSources(arguments, environment, streams)
    let options = try sources.callOptions()
    guard let mesh = options.injection.controlPlane.mesh else {
      throw .usage("mesh needs a description", fix: "leave out other control planes")
    }
    compiled = CompiledMesh(mesh)
    format = options.meshFormat
    folder = arguments.given["output"]
    isQuiet = arguments.given["quiet"] != nil
  }

  /// - Returns: refused when there is an Envoy whose behaviour would change silently.
  func run(_ streams: Streams) throws -> ExitStatus {
    try streams.write(Array(Printable.lines(format.text(of: compiled)).utf8))
    guard compiled.refused.isEmpty else {
      if folder != nil { throw nothingWritten }
      return .refused
    }
    if let folder { try write(to: folder, streams) }
    return .done
  }

  /// All of them or none: what may fail is looked at before.
  private func write(to folder: String, _ streams: Streams) throws {
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
      "nothing is written: cannot compile \(names)",
      fix: "fix the errors listed above")
  }
}

extension CommandError {
  fileprivate static func unsafeName(_ member: CompiledMesh.Member) -> CommandError {
    .failed(
      "nothing is written: the name of \(member.title) is none for a file",
      fix: "rename it in the description")
  }

  fileprivate static func sameName(_ members: [CompiledMesh.Member]) -> CommandError {
    .failed(
      "nothing is written: \(members.map(\.title).joined(separator: " and ")) would have the same "
        + "file", fix: "rename one of them in the description")
  }
}
