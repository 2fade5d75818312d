import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// `inject-envoy uninject`.
struct Uninject {
  private let documents: DocumentCommand
  private let foreign: Bool
  /// The ledger may undo what they write.
  private let patches: JSONPatch?

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    documents = try DocumentCommand(arguments)
    foreign = arguments.given["foreign"] != nil
    patches = try ConfigurationFile.inForce(arguments, environment).patches
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    try documents.run(streams) { bytes throws(InjectionError) in
      try Injector.uninject(bytes, foreign: foreign, patches: patches)
    }
  }
}
