import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// What a pipeline is put together from: the options, and whether Envoy stands beside an
/// application or alone.
@dynamicMemberLookup
struct Plan: Sendable {
  let options: InjectionOptions
  /// `nil`: Envoy is a sidecar.
  var gateway: GatewayOptions?
  /// The Envoy that the document came with; `nil`: it had none.
  var former: FormerEnvoy?

  var isSidecar: Bool { gateway == nil }

  subscript<Value>(dynamicMember option: KeyPath<InjectionOptions, Value>) -> Value {
    options[keyPath: option]
  }

  /// That of Envoy's container. App Mesh's guide: a gateway's has none.
  /// <https://docs.aws.amazon.com/app-mesh/latest/userguide/virtual_gateways.html>
  var envoyUser: Int? { isSidecar || !options.isAppMesh ? options.user : nil }

  /// What Envoy stands for in a mesh whose description was given.
  var meshResource: String? {
    options.mesh?.resource(isSidecar ? .virtualNode : .virtualGateway)
  }

  /// - Returns: `nil` when the findings say why there is nothing to tell Envoy.
  func bootstrap(
    for task: TaskDefinition, _ findings: inout Findings
  ) throws(Problem) -> Bootstrap? {
    guard let gateway else { return try options.sidecar(of: task, &findings) }
    return try options.gateway(of: task, ports: gateway.ports(with: options), &findings)
  }
}
