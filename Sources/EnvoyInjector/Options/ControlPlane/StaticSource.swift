import EnvoyBootstrap
import LosslessJSON
import TaskDefinitions

/// Inject writes Envoy's whole configuration into the task definition.
struct StaticSource: ConfigurationSource {
  var word: String { "static" }

  func validate(_ options: InjectionOptions, for kind: AppMeshResource.Kind) throws(Problem) {}

  func sidecar(
    _ options: InjectionOptions, of task: TaskDefinition, _ applications: [NodeID],
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    options.staticSidecar(of: task, applications, server, &findings)
  }

  func gateway(
    _ options: InjectionOptions, of task: TaskDefinition, _ gateway: GatewayOptions,
    _ server: ServerSettings, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    StaticGateway(
      server: server, ports: gateway.ports(with: options).map { UInt16(clamping: $0) },
      upstreams: options.securedUpstreams, trustedHops: gateway.trustedHops,
      healthCheckPath: options.healthPath)
  }
}
