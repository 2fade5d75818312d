import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The input of a pipeline: the options, whether Envoy stands beside an application or alone, and the
/// Envoy that the document had.
@dynamicMemberLookup
struct Plan: Sendable {
  let options: InjectionOptions
  /// `nil` if Envoy is a sidecar.
  var gateway: GatewayOptions?
  /// The Envoy in the document as it was read; `nil` if it had none.
  var former: FormerEnvoy?

  var isSidecar: Bool { gateway == nil }

  subscript<Value>(dynamicMember option: KeyPath<InjectionOptions, Value>) -> Value {
    options[keyPath: option]
  }

  /// The control plane.
  var source: any ConfigurationSource { options.controlPlane.source }

  /// The user of Envoy's container.
  var envoyUser: Int? { isSidecar ? options.user : source.gatewayUser(options.user) }

  /// The facts for the report about a task definition that came out.
  func facts(of task: TaskDefinition, _ roles: ContainerRoles) -> [String] {
    var ignored = Findings()
    let ports =
      gateway.map { $0.ports(with: options).count }
      ?? options.servedPorts(of: roles.applications(of: task), in: task, &ignored).count
    return options.facts(of: task, envoy: roles.envoy, ports: ports)
  }

  /// The resource that Envoy represents in a mesh whose description was given.
  var meshResource: String? {
    source.resource(of: isSidecar ? .virtualNode : .virtualGateway)
  }

  /// - Returns: `nil` when the findings say why there is no configuration.
  func bootstrap(
    for task: TaskDefinition, _ roles: ContainerRoles, _ findings: inout Findings
  ) throws(Problem) -> Bootstrap? {
    guard let gateway else { return try options.sidecar(of: task, roles, &findings) }
    return try options.gateway(of: task, gateway, envoy: roles.envoy, &findings)
  }
}
