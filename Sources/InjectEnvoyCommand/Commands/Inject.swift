import EnvoyInjector
import TaskDefinitions

/// `inject-envoy [inject]`.
struct Inject {
  private let documents: DocumentCommand
  private let injector: Injector

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    documents = try DocumentCommand(arguments)
    injector = try OptionSources(arguments, environment).injector()
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    try documents.run(streams) { bytes throws(InjectionError) in try injector.inject(bytes) }
  }
}
