import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// `inject-envoy gateway`: a task definition that runs Envoy alone.
struct PrintGateway: Subcommand {
  static let description = CommandDescription(
    name: "gateway", summary: "Print a task definition that runs Envoy alone",
    usage: "gateway [OPTION…]",
    example: "inject-envoy gateway --upstream web=web.internal:8080 --port 8080",
    audiences: [.documents, .printing, .mesh, .envoy, .gateway], operands: .nothing)

  private let gateway: Gateway
  private let format: GatewayFormat
  private let isCompact: Bool
  private let isQuiet: Bool

  init(_ call: Call) throws(CommandError) {
    let options = try call.sources().callOptions()
    gateway = Gateway(options.injection, options.gateway)
    format = options.gatewayFormat
    isCompact = options.output.isCompact
    isQuiet = options.output.isQuiet
  }

  func run(_ streams: Streams) throws -> ExitStatus {
    let remarks = DocumentRemarks(origin: DocumentOrigin(path: "gateway"))
    let injection: Injection
    var terraform: String?
    do throws(InjectionError) {
      switch format {
      case .json: injection = try gateway.taskDefinition()
      case .cloudformation: injection = try gateway.template()
      case .terraform: (terraform, injection) = try gateway.terraform()
      }
    } catch {
      for remark in remarks.refused(error, []) { streams.say(remark) }
      return .refused
    }
    let document = isCompact ? try? Document(injection.output) : nil
    let text = terraform.map { Array($0.utf8) }
    try streams.write(text ?? document?.reprinted(.compact) ?? injection.output)
    let found = remarks.found(
      injection.warnings, injection.output, hiding: Redaction(of: injection.output))
    for remark in found { streams.say(remark) }
    if !isQuiet { streams.say(remarks.done(injection, nil)) }
    return .done
  }
}
