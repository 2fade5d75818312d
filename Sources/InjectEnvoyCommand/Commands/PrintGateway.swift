import EnvoyInjector
import LosslessJSON

/// `inject-envoy gateway`: a task definition that runs Envoy alone.
struct PrintGateway {
  private let gateway: Gateway
  private let isCompact: Bool
  private let isQuiet: Bool

  init(
    _ arguments: CommandLineArguments, _ environment: [String: String]
  ) throws(CommandError) {
    let options = try OptionSources(arguments, environment).callOptions()
    gateway = Gateway(options.injection, options.gateway)
    isCompact = arguments.given["compact"] != nil
    isQuiet = arguments.given["quiet"] != nil
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    let report = ReportPrinter(file: "gateway", streams: streams)
    guard
      let injection = report.result(
        of: [],
        { _ throws(InjectionError) in
          try gateway.taskDefinition()
        })
    else { return .refused }
    let document = isCompact ? try? Document(injection.output) : nil
    try streams.write(document?.reprinted(.compact) ?? injection.output)
    report.found(
      injection.warnings, injection.output, hiding: Redaction(of: injection.output))
    if !isQuiet { report.done(injection, nil) }
    return .done
  }
}
