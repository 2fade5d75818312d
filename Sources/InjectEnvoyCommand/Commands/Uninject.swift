import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// `inject-envoy uninject`.
struct Uninject: Subcommand {
  static let description = CommandDescription(
    name: "uninject",
    summary: "Remove what inject added and restore the original, byte for byte",
    usage: "uninject [OPTION…] [FILE…|-]",
    example: "inject-envoy uninject < out.json > task.json",
    audiences: [.documents, .printing, .editing, .findings, .uninject])

  private let documents: DocumentCommand
  private let foreign: Bool
  /// The patches of the configuration file. The ledger is allowed to undo their edits.
  private let patches: JSONPatch?

  init(_ call: Call) throws(CommandError) {
    let options = try call.sources().callOptions()
    documents = try DocumentCommand(call.arguments, options.output)
    foreign = options.output.removesForeign
    patches = options.injection.patches
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    try documents.run(streams) { bytes throws(InjectionError) in
      try Injector.uninject(bytes, foreign: foreign, patches: patches)
    }
  }
}
