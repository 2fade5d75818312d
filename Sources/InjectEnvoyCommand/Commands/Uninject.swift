import EnvoyInjector
import TaskDefinitions

/// `inject-envoy uninject`.
struct Uninject {
  private let documents: DocumentCommand
  private let foreign: Bool

  init(_ arguments: CommandLineArguments) throws(CommandError) {
    documents = try DocumentCommand(arguments)
    foreign = arguments.given["foreign"] != nil
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    try documents.run(streams) { bytes throws(InjectionError) in
      try Injector.uninject(bytes, foreign: foreign)
    }
  }
}
