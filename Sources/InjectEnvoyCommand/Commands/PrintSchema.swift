import LosslessJSON

/// `inject-envoy schema`: the JSON schema of the configuration file, for editors and validators.
struct PrintSchema: Subcommand {
  static let description = CommandDescription(
    name: "schema", summary: "Print the JSON schema of the configuration file", usage: "schema",
    example: "inject-envoy schema > inject-envoy.schema.json", audiences: [], operands: .nothing)

  init(_ call: Call) {}

  func run(_ streams: Streams) throws -> ExitStatus {
    try streams.write(Array(Printable.json(ConfigurationFile.schema, .pretty).utf8))
    return .done
  }
}
