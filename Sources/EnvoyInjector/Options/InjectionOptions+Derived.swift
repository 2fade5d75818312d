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

  /// Ports that this tool's containers listen on, in ascending order. A caller of the library may use one
  /// port twice. The last owner counts then.
  var reservedPorts: [ReservedPort] {
    var ports = [
      ReservedPort(number: ingressPort, owner: "Envoy's inbound listener"),
      ReservedPort(number: egressPort, owner: "Envoy's outbound listener"),
      ReservedPort(number: adminPort, owner: "Envoy's admin interface"),
    ]
    if let port = metrics?.port {
      ports.append(ReservedPort(number: port, owner: "Envoy's metrics listener"))
    }
    let daemonPorts: [Int] =
      switch tracing {
      case .none: []
      case .xray: [2000]
      case .otel: [2000, 4317, 4318]
      }
    ports += daemonPorts.map { ReservedPort(number: $0, owner: ReservedPort.tracingDaemon) }
    let last = ports.indices.filter { place in
      !ports[(place + 1)...].contains { $0.number == ports[place].number }
    }
    return last.map { ports[$0] }.sorted { $0.number < $1.number }
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
