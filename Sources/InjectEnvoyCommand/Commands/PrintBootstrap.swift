import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// `inject-envoy bootstrap`: only the Envoy configuration that inject would embed.
struct PrintBootstrap: Subcommand {
  static let description = CommandDescription(
    name: "bootstrap", summary: "Print only the Envoy configuration that inject would embed",
    usage: "bootstrap [OPTION…] [FILE…|-]", example: "inject-envoy bootstrap task.json",
    audiences: [.documents, .printing, .findings, .mesh, .envoy, .sidecar, .selecting])

  private let documents: DocumentCommand
  private let injector: Injector
  private let layout: Layout

  init(_ call: Call) throws(CommandError) {
    let sources = try call.sources()
    let options = try sources.callOptions()
    documents = try DocumentCommand(call, options.output)
    if options.injection.controlPlane.hasAgent { throw Self.agentMakesIt(.usage) }
    injector = try sources.injector()
    layout = options.output.isCompact ? .compact : .pretty
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
        "The document stays without Envoy: a label inject-envoy.io/inject says disabled.",
        fix: "Remove the label to see the configuration.")
    }
    guard injection.outcome != .noTaskDefinition else {
      throw .failed(
        "The template has no task definition, so there is no Envoy to configure.",
        fix: "Give the template that has the task definitions.")
    }
    guard let text = injection.bootstrap else { throw agentMakesIt(.refused) }
    let bytes = Array(text.utf8)
    return (try? Document(bytes))?.reprinted(layout) ?? bytes
  }

  private static func agentMakesIt(_ status: ExitStatus) -> CommandError {
    let problem = Problem.usage(
      "App Mesh's agent makes Envoy's configuration when the task starts.",
      fix: "Leave out the virtual node.")
    return CommandError([problem], status)
  }
}
