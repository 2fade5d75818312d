import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The input of a pipeline: the options, whether Envoy is a sidecar or a gateway, and the Envoy that the
/// document had.
///
/// A class, because options have many parts, and a copy for each task would retain all of them.
@dynamicMemberLookup
final class Plan: Sendable {
  let options: InjectionOptions
  /// `nil` if Envoy is a sidecar.
  let gateway: GatewayOptions?
  /// The Envoy in the document before any edit, or `nil` if it had none.
  let former: FormerEnvoy?
  /// A cache of the configurations of earlier tasks.
  private let bootstraps = PreparedBootstraps()

  init(options: InjectionOptions, gateway: GatewayOptions? = nil, former: FormerEnvoy? = nil) {
    self.options = options
    self.gateway = gateway
    self.former = former
  }

  var isSidecar: Bool { gateway == nil }

  subscript<Value>(dynamicMember option: KeyPath<InjectionOptions, Value>) -> Value {
    options[keyPath: option]
  }

  /// The control plane.
  var source: any ConfigurationSource { options.controlPlane.source }

  /// The user of Envoy's container.
  var envoyUser: Int? { isSidecar ? options.user : source.gatewayUser(options.user) }

  /// The facts for the report about a finished task definition.
  func facts(
    of task: TaskDefinition, _ roles: ContainerRoles, resources: [String]
  ) -> [String] {
    var ignored = Findings()
    let ports =
      gateway.map { $0.ports(with: options).count }
      ?? options.servedPorts(of: roles.applications(of: task), in: task, &ignored).count
    return options.facts(of: task, envoy: roles.envoy, ports: ports, resources: resources)
  }

  /// The resource that Envoy represents in a mesh whose description was given.
  var meshResource: String? {
    source.resource(of: isSidecar ? .virtualNode : .virtualGateway)
  }

  /// The text of Envoy's configuration, and what of it concerns other parts of the task.
  struct Configuration {
    let text: FilledText
    let callsAWS: Bool
    /// Where Envoy calls AWS.
    let region: AWSRegion?
  }

  /// - Returns: the text of Envoy's configuration, or `nil` if the findings explain why there is none.
  func configuration(
    for task: TaskDefinition, _ roles: ContainerRoles, _ findings: inout Findings
  ) throws(Problem) -> Configuration? {
    guard let builder = try builder(for: task, roles, &findings) else { return nil }
    let text = try bootstraps.text(of: builder)
    builder.server.checkRoom(for: task, &findings)
    return Configuration(text: text, callsAWS: builder.callsAWS, region: builder.server.region)
  }

  private func builder(
    for task: TaskDefinition, _ roles: ContainerRoles, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    guard let gateway else { return try options.sidecar(of: task, roles, &findings) }
    return try options.gateway(of: task, gateway, envoy: roles.envoy, &findings)
  }
}
