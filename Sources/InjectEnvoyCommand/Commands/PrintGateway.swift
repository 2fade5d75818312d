import EnvoyInjector
import LosslessJSON
import TaskDefinitions

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
    let remarks = DocumentRemarks(file: "gateway")
    let injection: Injection
    do throws(InjectionError) {
      injection = try gateway.taskDefinition()
    } catch {
      for remark in remarks.refused(error, []) { streams.say(remark) }
      return .refused
    }
    let document = isCompact ? try? Document(injection.output) : nil
    try streams.write(document?.reprinted(.compact) ?? injection.output)
    let found = remarks.found(
      injection.warnings, injection.output, hiding: Redaction(of: injection.output))
    for remark in found { streams.say(remark) }
    if !isQuiet { streams.say(remarks.done(injection, nil)) }
    return .done
  }
}
