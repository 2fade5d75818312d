import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Values derived from the options. All filters use them, so that an option has the same meaning everywhere.
extension InjectionOptions {
  /// The name of Envoy's container. The override can change it too, and all references follow.
  var resolvedEnvoyName: String {
    envoyContainer?[Field.name.spelling]?.string ?? envoyName
  }

  var resolvedEnvoyImage: String {
    envoyImage ?? controlPlane.source.image
  }

  var mesh: MeshOptions? { controlPlane.source.mesh }

  var healthCheckCommand: [String] {
    readsCertificates
      ? HealthCheckCommand.readyWithCertificates(adminPort: UInt16(clamping: adminPort))
      : controlPlane.source.healthCheckCommand(adminPort: adminPort)
  }

  /// Selects the task's own containers that Envoy serves.
  var selection: ContainerSelection {
    ContainerSelection(only: onlyContainers, skip: skipContainers)
  }

  var tracingDaemonName: String {
    let name = tracing == .otel ? "aws-otel-collector" : "xray-daemon"
    return tracingContainer?[Field.name.spelling]?.string ?? name
  }

  var tracingDaemonImage: String {
    tracing == .otel ? otelImage ?? Defaults.otelImage : xrayImage ?? Defaults.xrayImage
  }

  /// The path of a configuration for ECS in the collector's image. It also receives X-Ray segments over UDP.
  /// <https://github.com/aws-observability/aws-otel-collector/tree/main/config/ecs>
  var tracingDaemonCommand: [String] {
    tracing == .otel ? ["--config=/etc/ecs/ecs-default-config.yaml"] : []
  }

  /// The region of logs and traces.
  var regionName: String? { region?.name ?? controlPlane.source.region }

  /// Ports that this tool's containers listen on, with a description of each listener.
  var reservedPorts: [Int: String] {
    // A caller of the library may use one port twice, and a dictionary literal would trap.
    var ports = [ingressPort: "Envoy's inbound listener"]
    ports[egressPort] = "Envoy's outbound listener"
    ports[adminPort] = "Envoy's admin interface"
    if let port = metrics?.port { ports[port] = "Envoy's metrics listener" }
    if tracing != .none { ports[2000] = "the tracing daemon" }
    if tracing == .otel {
      ports[4317] = "the tracing daemon"
      ports[4318] = "the tracing daemon"
    }
    return ports
  }

  /// The ports on which applications accept traffic through Envoy.
  func servedPorts(
    of applications: [NodeID], in task: TaskDefinition, _ findings: inout Findings
  ) -> [ServedPort] {
    let known = appPorts ?? controlPlane.source.ports(of: .virtualNode)
    return known.map { $0.map(ServedPort.init) } ?? task.servedPorts(of: applications, &findings)
  }

  /// The facts about an injection for the report.
  ///
  /// - Parameter resources: those of all tasks of the document.
  func facts(
    of task: TaskDefinition, envoy: NodeID?, ports: Int, resources: [String]
  ) -> [String] {
    let facts =
      [controlPlane.source.word] + resources
      + [resolvedEnvoyImage, "\(ports) app port\(ports == 1 ? "" : "s")"]
    let others = [
      tracing == .none ? nil : tracing.rawValue, metrics?.port.map { "metrics on \($0)" },
      metrics?.isPushed == true ? "metrics to the collector" : nil,
      envoy.flatMap { task.permissionFact(of: $0) },
      envoy.flatMap { task.compressionFact(of: $0) },
    ]
    return facts + others.compactMap(\.self)
  }
}
