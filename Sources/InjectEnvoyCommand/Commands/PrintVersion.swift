import TaskDefinitions

/// `inject-envoy version`: what `--version` prints.
struct PrintVersion: Subcommand {
  static let description = CommandDescription(
    name: "version", summary: "Print the version", usage: "version",
    example: "inject-envoy version", audiences: [], operands: .nothing)

  init(_ call: Call) {}

  func run(_ streams: Streams) throws -> ExitStatus {
    try streams.write(Array("inject-envoy \(Version.current)\n".utf8))
    return .done
  }
}
