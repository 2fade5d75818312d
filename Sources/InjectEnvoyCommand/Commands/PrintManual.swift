/// `inject-envoy man`: the manual page.
struct PrintManual: Subcommand {
  static let description = CommandDescription(
    name: "man", summary: "Print the manual page", usage: "man",
    example: "inject-envoy man | man -l -", audiences: [], operands: .nothing)

  init(_ call: Call) {}

  func run(_ streams: Streams) throws -> ExitStatus {
    try streams.write(Array(ManualPage(commands: Subcommands.descriptions).text.utf8))
    return .done
  }
}
