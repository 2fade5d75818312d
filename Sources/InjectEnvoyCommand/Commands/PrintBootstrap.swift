import EnvoyInjector
import LosslessJSON

/// `inject-envoy bootstrap`: only the Envoy configuration that inject would embed.
struct PrintBootstrap {
  private let documents: DocumentCommand
  private let injector: Injector
  private let layout: Layout

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    documents = try DocumentCommand(arguments)
    guard !documents.isInPlace else {
      throw .usage("bootstrap rewrites no files", fix: "leave out --in-place")
    }
    let sources = try OptionSources(arguments, environment)
    if case .appMesh = try sources.callOptions().injection.controlPlane {
      throw .usage(
        "App Mesh's agent makes Envoy's configuration when the task starts",
        fix: "leave out --virtual-node")
    }
    injector = try sources.injector()
    layout = arguments.given["compact"] == nil ? .pretty : .compact
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    try documents.run(streams, printing: text) { bytes throws(InjectionError) in
      try injector.inject(bytes)
    }
  }

  private func text(_ injection: Injection) -> [UInt8] {
    let bytes = Array((injection.bootstrap ?? "").utf8)
    return (try? Document(bytes))?.reprinted(layout) ?? bytes
  }
}
