/// `inject-envoy help`: what `--help` prints.
struct PrintHelp: Subcommand {
  static let description = CommandDescription(
    name: "help", summary: "Print the usage and all options of a command",
    usage: "help [COMMAND]", example: "inject-envoy help check", audiences: [],
    operands: .word(kind: "command") { Subcommands.descriptions.map(\.name) })

  /// `nil` for the overview of all commands.
  private let command: CommandDescription?

  init(_ call: Call) {
    self.init(of: call.arguments.files.first.map { Subcommands.named($0).description })
  }

  init(of command: CommandDescription?) { self.command = command }

  func run(_ streams: Streams) throws -> ExitStatus {
    try streams.write(Array((command.map(Help.text) ?? Help.overview).utf8))
    return .done
  }
}
