import AppMesh
import CloudFormation
import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Writes Envoy's configuration into its container, so that the task needs nothing else when it starts.
///
/// The configuration is in the command, where people can read it. If the task definition would exceed ECS's
/// size limit, it is compressed in an environment variable instead. Envoy runs behind an entry point that lets
/// requests finish when ECS stops the task. The root file system is read-only, because nothing writes to it.
struct EmbedBootstrap: Filter {
  static let name = "embed-bootstrap"
  static let summary =
    "Write Envoy's configuration into its container, behind an entry point that drains"

  /// Bytes reserved for what later filters add: health check, limits, logs, redirection, dependencies and the
  /// ledger. They added at most 3 KiB to any document of the tests.
  private static let roomBytes = 4096

  private let plan: Plan
  private let isReadOnly = PreparedValue(true)
  private let entryPoint: PreparedValue
  /// The blank is Envoy's configuration.
  private let command: PreparedValue

  init(plan: Plan) {
    self.plan = plan
    entryPoint = PreparedValue(Self.entryPoint(plan, unpacksBootstrap: false))
    command = PreparedValue(
      Self.command(plan, configuration: "", JSONValue.string), blank: JSONPointer(["1"]))
  }

  private static func entryPoint(_ plan: Plan, unpacksBootstrap: Bool) -> JSONValue {
    let drain = DrainEntryPoint(
      adminPort: UInt16(clamping: plan.adminPort), seconds: UInt16(clamping: plan.drainSeconds),
      unpacksBootstrap: unpacksBootstrap)
    return .array(drain.entryPoint.map(JSONValue.string))
  }

  /// - Parameter configuration: `nil` if the configuration is in the environment.
  private static func command(
    _ plan: Plan, configuration: String?, _ word: (String) -> JSONValue
  ) -> JSONValue {
    let arguments = EnvoyArguments(
      configuration: configuration, logLevel: plan.logLevel,
      concurrency: plan.concurrency == 0 ? nil : plan.concurrency)
    return .array(arguments.arguments.map(word))
  }

  func apply(to context: inout StageContext) {
    // Problems of ports are reported when the configuration is built.
    var ignored = Findings()
    let ports = plan.options.servedPorts(
      of: context.applications, in: context.task, &ignored)
    guard let envoy = context.envoy, !isRefusedLater(ports) else { return }
    do throws(Problem) {
      let configuration = try plan.configuration(
        for: context.task, context.roles, &context.findings)
      guard let configuration else { return }
      let variables = StackVariables(
        ports, family: context.task.familyFunction, region: configuration.region,
        in: context.task.place)
      embed(configuration.text, variables, in: envoy, of: &context)
      if configuration.callsAWS { limitKeys(of: envoy, &context) }
    } catch {
      let problem = Problem(
        Self.impossibleConfiguration, text: error.text, fix: error.fix, at: Place())
      context.findings.add(
        problem, at: context.task.node(.containerDefinitions), in: context.task.document)
    }
  }

  private func embed(
    _ configuration: FilledText, _ variables: StackVariables, in envoy: NodeID,
    of context: inout StageContext
  ) {
    let fits =
      Self.fits(configuration, in: context.task)
      || context.task.place.hasLoopVariable(in: configuration.text)
    // CloudFormation could not substitute variables in a compressed text.
    if !fits, let text = variables.text(configuration.text, withFamily: context.task.displayName) {
      if variables.areIn(configuration) { reportFamily(&context) }
      compress(text, in: envoy, of: &context)
    } else {
      context.set(.entryPoint, to: entryPoint, in: envoy, because: Self.drains)
      if variables.areIn(configuration) {
        let command = Self.command(plan, configuration: configuration.text, variables.value)
        context.set(.command, to: command, in: envoy, because: Self.embeds)
      } else {
        context.set(
          .command, to: command, filling: .text(configuration), in: envoy, because: Self.embeds)
      }
    }
    context.set(
      .readonlyRootFilesystem, to: isReadOnly, in: envoy, because: "Envoy writes no files.")
  }

  private static let drains = "Envoy finishes requests in flight when the task stops."
  private static let embeds = "Envoy reads its configuration from the task definition."

  private func compress(_ text: String, in envoy: NodeID, of context: inout StageContext) {
    let entryPoint = Self.entryPoint(plan, unpacksBootstrap: true)
    context.set(.entryPoint, to: entryPoint, in: envoy, because: Self.drains)
    let command = Self.command(plan, configuration: nil, JSONValue.string)
    context.set(.command, to: command, in: envoy, because: Self.embeds)
    addVariable(with: text, to: envoy, of: &context)
  }

  private func reportFamily(_ context: inout StageContext) {
    context.report(
      Self.familyTaken, ["name": context.task.displayName], at: context.task.node(.family))
  }

  /// Whether ``RedirectTraffic`` will reject the ports because there are more than 15. A range can hold 65,535
  /// ports, and their configuration would take seconds and megabytes for nothing.
  private func isRefusedLater(_ ports: [ServedPort]) -> Bool {
    plan.isSidecar && ports.count > ProxyConfiguration.maximumPorts
      && !plan.disabledFilters.contains(RedirectTraffic.name)
  }

  private static func fits(_ text: FilledText, in task: TaskDefinition) -> Bool {
    let room = RequireLimits.maximumBytes - roomBytes
    // An upper bound avoids rendering most documents: filters have added less than a quarter of the
    // configuration's size.
    guard task.document.byteCount + text.literalByteCount * 5 / 4 > room else { return true }
    return task.value(task.root).compactText.utf8.count + text.literalByteCount <= room
  }

  private func addVariable(
    with configuration: String, to envoy: NodeID, of context: inout StageContext
  ) {
    let text = CompressedBootstrap(configuration: configuration).text
    append(
      (CompressedBootstrap.variable, text), to: envoy, of: &context,
      because: "Envoy's configuration fits ECS's limit only when it is compressed.")
  }

  /// Keeps a value that an option gave.
  private func limitKeys(of envoy: NodeID, _ context: inout StageContext) {
    let variable = AWSService.environment
    guard !plan.environment.contains(where: { $0.name == variable.name }) else { return }
    append(
      variable, to: envoy, of: &context,
      because: "Envoy calls AWS with the keys of the task role and no others.")
  }

  private func append(
    _ variable: (name: String, value: String), to envoy: NodeID, of context: inout StageContext,
    because reason: String
  ) {
    for element in JSONValue.namedValues([variable]).array ?? [] {
      context.append(element, to: .environment, in: envoy, because: reason)
    }
  }
}

extension EmbedBootstrap {
  static let rules =
    [impossibleConfiguration, familyTaken, .fewConnections, .proxyPort] + StaticSource.rules
    + ServedPort.rules + MeshRules.all

  private static let impossibleConfiguration = Rule.error(
    "impossible-configuration", "The options do not make a valid configuration of Envoy.",
    fix: "Change the options that the message names.")
  private static let familyTaken = Rule.warning(
    "family-taken",
    "The deployment of the stack decides the family, but Envoy's node and service are named '{name}': the "
      + "configuration fits only when it is compressed, and CloudFormation cannot insert the family then.",
    fix: "Name them with \(.nodeId) and \(.nodeCluster), or use shorter options.")
}
