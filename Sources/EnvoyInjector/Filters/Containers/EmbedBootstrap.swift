import AppMesh
import CloudFormation
import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Writes Envoy's configuration into its container: nothing else has to be there when the task
/// starts.
///
/// It stands in the command, where people can read it; compressed in the environment where the task
/// definition would not fit ECS's limit otherwise. Envoy runs behind an entry point that lets
/// requests finish when ECS stops the task. The root file system is read-only: nothing writes
/// there.
struct EmbedBootstrap: Filter {
  static let name = "embed-bootstrap"
  static let summary =
    "write Envoy's configuration into its container, behind a draining entry point"

  /// Bytes for what later filters add: health check, limits, logs, redirection, dependencies and
  /// the ledger. 3 KiB were the most in any document of the tests.
  private static let roomBytes = 4096

  let plan: Plan

  func apply(to context: inout StageContext) {
    // Problems of ports are reported when the configuration is made.
    var ignored = Findings()
    let ports = plan.options.servedPorts(
      of: context.applications, in: context.task, &ignored)
    guard let envoy = context.envoy, !isRefusedLater(ports) else { return }
    let configuration: String
    do throws(Problem) {
      guard
        let bootstrap = try plan.bootstrap(
          for: context.task, context.roles, &context.findings)
      else { return }
      configuration = bootstrap.json.compactText
    } catch {
      let problem = Problem(
        Self.impossibleConfiguration, text: error.text, fix: error.fix, at: Place())
      return context.findings.add(
        problem, at: context.task.node(.containerDefinitions), in: context.task.document)
    }
    let variables = PortVariables(ports)
    // CloudFormation could not fill in the variables of a compressed text.
    let fits = variables.areIn(configuration) || Self.fits(configuration, in: context.task)
    let drain = DrainEntryPoint(
      adminPort: UInt16(clamping: plan.adminPort), seconds: UInt16(clamping: plan.drainSeconds),
      unpacksBootstrap: !fits)
    let arguments = EnvoyArguments(
      configuration: fits ? configuration : nil, logLevel: plan.logLevel,
      concurrency: plan.concurrency == 0 ? nil : plan.concurrency)
    context.set(
      .entryPoint, to: .array(drain.entryPoint.map(JSONValue.string)), in: envoy,
      because: "requests in flight finish when the task stops")
    context.set(
      .command, to: .array(arguments.arguments.map(variables.value)), in: envoy,
      because: "Envoy's configuration comes with the task definition")
    if !fits { addVariable(with: configuration, to: envoy, of: &context) }
    context.set(
      .readonlyRootFilesystem, to: true, in: envoy, because: "Envoy writes no files")
  }

  /// A range can hold 65535 ports, whose configuration takes seconds and megabytes: for nothing, as
  /// ``RedirectTraffic`` refuses more than 15.
  private func isRefusedLater(_ ports: [ServedPort]) -> Bool {
    plan.isSidecar && ports.count > ProxyConfiguration.maximumPorts
      && !plan.disabledFilters.contains(RedirectTraffic.name)
  }

  private static func fits(_ text: String, in task: TaskDefinition) -> Bool {
    let room = RequireLimits.maximumBytes - roomBytes
    // As a string in JSON it has escapes: a tenth more.
    guard task.document.byteCount + text.utf8.count * 5 / 4 > room else { return true }
    let escaped = JSONValue.string(text).compactText.utf8.count
    return task.value(task.root).compactText.utf8.count + escaped <= room
  }

  private func addVariable(
    with configuration: String, to envoy: NodeID, of context: inout StageContext
  ) {
    let text = CompressedBootstrap(configuration: configuration).text
    for variable in JSONValue.namedValues([(CompressedBootstrap.variable, text)]).array ?? [] {
      context.append(
        variable, to: .environment, in: envoy,
        because: "Envoy's configuration fits ECS's limit only when it is compressed")
    }
  }
}

extension EmbedBootstrap {
  static let rules =
    [impossibleConfiguration, .fewConnections, .proxyPort] + StaticSource.rules + ServedPort.rules
    + MeshRules.all

  private static let impossibleConfiguration = Rule.error(
    "impossible-configuration", "The options do not make a valid configuration of Envoy.",
    fix: "Change the options that the message names.")
}
