import EnvoyInjector
import TaskDefinitions

/// `inject-envoy uninject`.
struct Uninject: Subcommand {
  static let description = CommandDescription(
    name: "uninject",
    summary: "Remove what inject added and restore the original, byte for byte",
    usage: "uninject [OPTION…] [FILE…|-]",
    example: "inject-envoy uninject < out.json > task.json",
    audiences: [.documents, .printing, .editing, .findings, .selecting, .uninject])

  private let documents: DocumentCommand
  private let foreign: Bool
  /// Knows the patches of the configuration file, because the ledger is allowed to undo their edits.
  private let injector: Injector

  init(_ call: Call) throws(CommandError) {
    let sources = try call.sources()
    let output = try sources.callOptions().output
    documents = try DocumentCommand(call, output)
    foreign = output.removesForeign
    injector = try sources.injector()
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    try documents.run(streams) { bytes throws(InjectionError) in
      try injector.uninject(bytes, foreign: foreign)
    }
  }
}
