import EnvoyInjector
import TaskDefinitions

/// `inject-envoy [inject]`.
struct Inject: Subcommand {
  static let description = CommandDescription(
    name: "inject", summary: "Add Envoy to task definitions (the default)",
    usage: "[inject] [OPTION…] [FILE…|-]",
    example: "inject-envoy --upstream payments=payments.internal:8080 < task.json > out.json",
    audiences: [.documents, .printing, .editing, .findings, .mesh, .envoy, .sidecar, .selecting])

  private let documents: DocumentCommand
  private let injector: Injector
  /// A first word that is neither a command nor a file, with the command that it resembles.
  private let slip: (word: String, command: String)?

  init(_ call: Call) throws(CommandError) {
    if !call.arguments.isCommandNamed { try ForeignWord.check(call.arguments.files.first) }
    let sources = try call.sources()
    documents = try DocumentCommand(call, try sources.callOptions().output)
    injector = try sources.injector()
    slip = Self.slip(in: call.arguments)
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    if let slip {
      streams.say(
        "inject-envoy: warning: There is no command '\(slip.word)', so it is read as a file. "
          + "Did you mean the command '\(slip.command)'?")
    }
    return try documents.run(streams) { bytes throws(InjectionError) in
      try injector.inject(bytes)
    }
  }

  private static func slip(in arguments: CommandLineArguments) -> (String, String)? {
    guard !arguments.isCommandNamed, let word = arguments.files.first, !FileBytes.exists(word),
      let command = Spelling.closest(to: word, among: Subcommands.descriptions.map(\.name))
    else { return nil }
    return (word, command)
  }
}
