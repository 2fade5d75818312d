import EnvoyBootstrap
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

extension InjectionOptions {
  /// The builder for a sidecar's configuration.
  ///
  /// - Parameter roles: the roles of the task's containers.
  /// - Returns: `nil` if an agent generates the configuration, or the findings explain why it cannot be made.
  func sidecar(
    of task: TaskDefinition, _ roles: ContainerRoles, _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    let applications = roles.applications(of: task)
    // A list of containers has no family.
    let name = task.place.isList ? applications.first.map { task.name(of: $0) } : nil
    let server = serverSettings(
      .virtualNode, for: task, roles.envoy, named: name ?? task.envoyName)
    return try controlPlane.source.sidecar(self, of: task, applications, server, &findings)
  }

  /// The builder for a sidecar whose configuration depends only on the options.
  func staticSidecar(
    of task: TaskDefinition, _ applications: [NodeID], _ server: ServerSettings,
    _ findings: inout Findings
  ) -> StaticSidecar {
    let ports = servedPorts(of: applications, in: task, &findings)
    let variables = StackVariables(ports)
    checkVariables(ports, applications, task, &findings)
    let protocols = task.portProtocols(of: applications, &findings)
    return StaticSidecar(
      server: server,
      appPorts: ports.compactMap { port in
        variables.number(of: port).map { number in
          let word = protocols.last { $0.port == port.spelling }?.word
          return AppPort(number, port.number.flatMap { appProtocols[$0] } ?? word)
        }
      },
      upstreams: securedUpstreams,
      ingressPort: UInt16(clamping: ingressPort),
      egressPort: UInt16(clamping: egressPort),
      egressHTTPPorts: Set(egressHTTPPorts.map { UInt16(clamping: $0) }),
      egressTCPPorts: plainPorts(of: task, applications, &findings),
      healthCheckPath: healthPath)
  }

  /// Ports on which Envoy does not look for HTTP because the user set them, or because a forward proxy listens
  /// there. Envoy would shorten the proxy's `GET http://host/path` to `GET /path`.
  private func plainPorts(
    of task: TaskDefinition, _ applications: [NodeID], _ findings: inout Findings
  ) -> Set<UInt16> {
    var ports = Set(egressTCPPorts.map { UInt16(clamping: $0) })
    for proxy in task.forwardProxies(of: applications)
    where !egressHTTPPorts.contains(Int(proxy.port)) {
      let isNew = ports.insert(proxy.port).inserted
      guard isNew else { continue }
      findings.add(
        .proxyPort, ["variable": proxy.variable, "port": "\(proxy.port)"], at: proxy.node,
        in: task.document)
    }
    return ports
  }

  /// Reports variables that evaluate to the same number, because they would define one cluster twice, which
  /// Envoy rejects. Containers that always exist cannot have the same port, but conditional ones can.
  private func checkVariables(
    _ ports: [ServedPort], _ applications: [NodeID], _ task: TaskDefinition,
    _ findings: inout Findings
  ) {
    guard ports.count > 1, let port = ports.first(where: \.isFunction) else { return }
    let conditional = applications.first {
      task.isConditional($0) && !task.list(.portMappings, of: $0).isEmpty
    }
    guard let conditional else { return }
    findings.add(
      StaticSource.portOfTemplate,
      ["port": port.spelling.compactText, "name": task.name(of: conditional)], at: conditional,
      in: task.document)
  }

  /// The builder for a gateway's configuration.
  ///
  /// - Returns: `nil` if an agent generates the configuration, or the findings explain why it cannot be made.
  func gateway(
    of task: TaskDefinition, _ gateway: GatewayOptions, envoy: NodeID?,
    _ findings: inout Findings
  ) throws(Problem) -> (any BootstrapBuilder)? {
    let server = serverSettings(.virtualGateway, for: task, envoy, named: task.displayName)
    return try controlPlane.source.gateway(self, of: task, gateway, server, &findings)
  }

  /// - Parameter name: what Envoy and its service are called if no option says it.
  private func serverSettings(
    _ kind: AppMeshResource.Kind, for task: TaskDefinition, _ envoy: NodeID?, named name: String
  ) -> ServerSettings {
    let node = Node(id: nodeID ?? name, cluster: nodeCluster ?? name)
    let tags =
      controlPlane.source.statsTags(of: kind) ?? [
        StatsTag(name: "service", fixedValue: node.cluster)
      ]
    return ServerSettings(
      node: node,
      adminPort: UInt16(clamping: adminPort),
      memoryMiB: envoyMemory ?? task.memoryLeft(for: envoy),
      statsTags: statsTags ? tags : [],
      tracing: tracingSettings,
      metrics: metrics.map { metrics in
        Metrics(port: metrics.port.map { UInt16(clamping: $0) }, isPushed: metrics.isPushed)
      },
      accessLogging: accessLogging,
      // Only meshes call AWS, and finding the region takes time.
      region: controlPlane.mesh == nil ? nil : region(of: task))
  }

  private var accessLogging: AccessLogging? {
    // The mesh's description decides unless the user does.
    if controlPlane.mesh != nil, accessLog == nil { return nil }
    return AccessLogging(accessLog ?? .errors, fields: accessLogFields)
  }

  private var tracingSettings: EnvoyBootstrap.Tracing? {
    // Envoy's default for X-Ray. It is enough to see some traces.
    let rate = xraySamplingRate.flatMap { Double($0) } ?? 0.05
    return switch tracing {
    case .none: nil
    case .xray: .xray(samplingRate: rate)
    case .otel: .openTelemetry(samplingRate: rate)
    }
  }
}

extension TaskDefinition {
  /// The protocols of the applications' ports that have an `appProtocol`, in document order. The ports are
  /// spelled as in the document.
  func portProtocols(
    of applications: [NodeID], _ findings: inout Findings
  ) -> [(port: JSONValue, word: ServiceProtocol)] {
    var protocols: [(port: JSONValue, word: ServiceProtocol)] = []
    for mapping in applications.flatMap({ list(.portMappings, of: $0) }) {
      // An intrinsic function may evaluate to something else, so Envoy detects the protocol.
      guard let word = node(.appProtocol, of: mapping).flatMap(document.string),
        let port = servedPort(of: mapping)?.spelling
      else { continue }
      guard let known = ServiceProtocol(rawValue: word) else {
        findings.add(
          StaticSource.unknownAppProtocol, ["word": word], at: node(.appProtocol, of: mapping),
          in: document)
        continue
      }
      protocols.append((port, known))
    }
    return protocols
  }
}

extension StaticSource {
  static let rules = [portOfTemplate, unknownAppProtocol]

  fileprivate static let portOfTemplate = Rule.error(
    "port-of-template",
    "The deployment of the stack decides port {port} and whether container '{name}' exists. Envoy "
      + "cannot start if two ports are equal.",
    fix: "Write the numbers in the template, pass them with \(.appPort), or use \(.xds).")
  fileprivate static let unknownAppProtocol = Rule.error(
    "unknown-app-protocol",
    "'{word}' is not an appProtocol that ECS supports, so Envoy cannot parse the traffic.",
    fix: "Write http, http2, or grpc, or remove appProtocol.", see: Rule.Source.portMapping)
}
