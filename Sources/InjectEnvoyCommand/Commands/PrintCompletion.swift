/// `inject-envoy completion`: a script that completes the command line in a shell.
struct PrintCompletion: Subcommand {
  /// The shells that have a script.
  private enum Shell: String, CaseIterable { case bash, zsh, fish }

  static let description = CommandDescription(
    name: "completion", summary: "Print a script that completes commands and options in a shell",
    usage: "completion bash|zsh|fish",
    example: "inject-envoy completion fish > ~/.config/fish/completions/inject-envoy.fish",
    audiences: [], operands: .word(kind: "shell") { Shell.allCases.map(\.rawValue) })

  private let shell: Shell

  init(_ call: Call) throws(CommandError) {
    guard let shell = call.arguments.files.first.flatMap(Shell.init) else {
      throw .usage(
        "'completion' needs the name of a shell.",
        fix: "Give one of \(Shell.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    self.shell = shell
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    let commands = Subcommands.descriptions
    let script =
      switch shell {
      case .bash: BashCompletion(commands: commands).script
      case .zsh: ZshCompletion(commands: commands).script
      case .fish: FishCompletion(commands: commands).script
      }
    try streams.write(Array(script.utf8))
    return .done
  }
}
