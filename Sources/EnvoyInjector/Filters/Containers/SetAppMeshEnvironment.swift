import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Tells the agent in the App Mesh image which node it stands for, and how to run Envoy.
///
/// - SeeAlso: <https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-config.html>
struct SetAppMeshEnvironment: Filter {
  static let name = "set-app-mesh-environment"
  static let summary = "App Mesh: set the agent's environment variables"

  private let environment: PreparedValue

  init(resource: AppMeshResource, options: InjectionOptions) {
    let given = options.environment.map { (name: $0.name, value: $0.value) }
    let ours = Self.variables(resource, options).map { (name: $0.0.rawValue, value: $0.1) }
    environment = PreparedValue(.namedValues(given + ours), of: .environment)
  }

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    guard let envoy = task.envoy else { return }
    task.set(
      .environment, to: environment, in: envoy,
      because: "the agent learns its node and settings from its environment")
  }

  /// Values that equal the agent's own default are left out, but for the level, which is what
  /// people look for first.
  private static func variables(
    _ resource: AppMeshResource, _ options: InjectionOptions
  ) -> [(AgentVariable, String)] {
    var variables: [(AgentVariable, String)] = [(.logLevel, options.logLevel.rawValue)]
    if options.concurrency > 0 { variables.append((.concurrency, String(options.concurrency))) }
    if options.drainSeconds != 20 {
      variables.append((.drainSeconds, String(options.drainSeconds)))
    }
    if options.adminPort != 9901 { variables.append((.adminPort, String(options.adminPort))) }
    // Older ECS agents set no region, and instance metadata is often out of reach.
    if let region = resource.region, !isGiven(.region, options) {
      variables.append((.region, region))
    }
    if options.statsTags { variables.append((.statsTags, "1")) }
    // The collector's awsxray receiver takes the daemon's place on UDP 2000.
    if options.tracing != .none {
      variables.append((.xrayTracing, "1"))
      if let rate = options.xraySamplingRate { variables.append((.xraySamplingRate, rate)) }
    }
    return variables + [(.resourceARN, resource.text)]
  }

  private static func isGiven(_ variable: AgentVariable, _ options: InjectionOptions) -> Bool {
    (options.environment + options.secrets).contains { $0.name == variable.rawValue }
  }
}
