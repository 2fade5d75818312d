import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions

/// AWS App Mesh. The agent in its image generates Envoy's configuration when the task starts.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
struct AppMeshSource: ConfigurationSource {
  let resource: AppMeshResource

  var word: String { "app-mesh" }
  var image: String { Defaults.appMeshImage }
  var hasAgent: Bool { true }
  var hasEnded: Bool { true }
  var region: String? { resource.region }
  var gatewayFamily: String? { resource.name }

  func healthCheckCommand(adminPort: Int) -> [String] {
    AppMeshAgent.healthCheckCommand(adminPort: adminPort)
  }

  /// App Mesh's guide does not set a user for a gateway.
  /// <https://docs.aws.amazon.com/app-mesh/latest/userguide/virtual_gateways.html>
  func gatewayUser(_ user: Int) -> Int? { nil }

  func validate(_ options: InjectionOptions, for kind: AppMeshResource.Kind) throws(Problem) {
    guard resource.kind == kind else { throw .otherKind(resource.text, kind) }
    try options.refuseTrafficSettings(of: "App Mesh")
    try options.refuseAccessLog(of: "App Mesh")
    try options.refuseMetrics(of: "App Mesh")
    guard options.nodeID == nil, options.nodeCluster == nil else {
      throw .nodeOfAppMesh
    }
  }

  var optionVariables: [String] {
    AgentVariable.allCases.filter { $0 != .region }.map(\.rawValue)
  }

  /// Leaves out values that equal the agent's default, except the log level, because people look for it first.
  func agentEnvironment(_ options: InjectionOptions) -> [NamedValue]? {
    var variables: [(AgentVariable, String)] = [(.logLevel, options.logLevel.rawValue)]
    if options.concurrency > 0 { variables.append((.concurrency, String(options.concurrency))) }
    if options.drainSeconds != 20 {
      variables.append((.drainSeconds, String(options.drainSeconds)))
    }
    if options.adminPort != 9901 { variables.append((.adminPort, String(options.adminPort))) }
    // Older ECS agents do not set a region, and instance metadata is often unreachable.
    if let region = resource.region, !isGiven(.region, options) {
      variables.append((.region, region))
    }
    if options.statsTags { variables.append((.statsTags, "1")) }
    // The collector's awsxray receiver listens on UDP 2000 instead of the X-Ray daemon.
    if options.tracing != .none {
      variables.append((.xrayTracing, "1"))
      if let rate = options.xraySamplingRate { variables.append((.xraySamplingRate, rate)) }
    }
    variables.append((.resourceARN, resource.text))
    return options.environment + variables.map { NamedValue(name: $0.0.rawValue, value: $0.1) }
  }

  private func isGiven(_ variable: AgentVariable, _ options: InjectionOptions) -> Bool {
    (options.environment + options.secrets).contains { $0.name == variable.rawValue }
  }

  func sidecar(
    _ options: InjectionOptions, of task: TaskDefinition, _ applications: [NodeID],
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    nil
  }

  func gateway(
    _ options: InjectionOptions, of task: TaskDefinition, _ gateway: GatewayOptions,
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    nil
  }
}

extension Problem {
  fileprivate static let nodeOfAppMesh = Self(
    "App Mesh's agent names Envoy's node after the virtual node.",
    fix: "Leave out \(.nodeId) and \(.nodeCluster).")
  fileprivate static func otherKind(_ text: String, _ kind: AppMeshResource.Kind) -> Self {
    kind == .virtualNode
      ? Self(
        "'\(text)' is a virtual gateway. It has no application to inject Envoy beside.",
        fix: "Give the ARN of a virtual node, or use 'inject-envoy gateway \(.virtualGateway)'.")
      : Self(
        "'\(text)' is a virtual node. It represents an application, not a gateway.",
        fix: "Give the ARN of a virtual gateway, or use 'inject-envoy \(.virtualNode)'.")
  }
}
