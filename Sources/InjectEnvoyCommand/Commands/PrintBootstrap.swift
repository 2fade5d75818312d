import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// `inject-envoy bootstrap`: only the Envoy configuration that inject would embed.
struct PrintBootstrap {
  private let documents: DocumentCommand
  private let injector: Injector
  private let layout: Layout

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    documents = try DocumentCommand(arguments)
    let sources = try OptionSources(arguments, environment)
    if try sources.callOptions().injection.controlPlane.hasAgent {
      throw Self.agentMakesIt(.usage)
    }
    injector = try sources.injector()
    layout = arguments.given["compact"] == nil ? .pretty : .compact
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    let product = DocumentCommand.Product(outcome: "configured") {
      [layout] injection throws(CommandError) in try Self.text(injection, layout)
    }
    return try documents.run(streams, printing: product) { bytes throws(InjectionError) in
      try injector.inject(bytes)
    }
  }

  private static func text(
    _ injection: Injection, _ layout: Layout
  ) throws(CommandError) -> [UInt8] {
    guard injection.outcome != .optedOut else {
      throw .failed(
        "the document is left without Envoy: a label inject-envoy.io/inject says disabled",
        fix: "remove the label to see the configuration")
    }
    guard injection.outcome != .noTaskDefinition else {
      throw .failed(
        "the template has no task definition, so there is no Envoy to configure",
        fix: "give the template that has the task definitions")
    }
    guard let text = injection.bootstrap else { throw agentMakesIt(.refused) }
    let bytes = Array(text.utf8)
    return (try? Document(bytes))?.reprinted(layout) ?? bytes
  }

  private static func agentMakesIt(_ status: ExitStatus) -> CommandError {
    CommandError(
      message: "App Mesh's agent makes Envoy's configuration when the task starts",
      fix: "choose no virtual node", status: status)
  }
}
