import EnvoyBootstrap
import LosslessJSON

extension InjectionOptions {
  /// What an Envoy beside an application is told in all modes but App Mesh's own.
  ///
  /// - Returns: `nil` when the findings say why there is nothing to tell.
  func sidecar(
    of task: TaskDefinition, _ findings: inout Findings
  ) throws(BootstrapError) -> Bootstrap? {
    let server = serverSettings(.virtualNode, family: task.displayName)
    if let managed = try managed(server) { return managed }
    if let mesh {
      return try mesh.sidecar(
        of: task, server, ingressPort: ingressPort, egressPort: egressPort, &findings)
    }
    let ports = servedPorts(of: task, &findings)
    for port in ports where port.isFunction {
      findings.add(.portOfTemplate(port), at: task.node(.containerDefinitions), in: task.document)
    }
    let numbers = ports.compactMap(\.number)
    let protocols = task.portProtocols(&findings)
    return try StaticSidecar(
      server: server,
      appPorts: numbers.map { AppPort(UInt16(clamping: $0), protocols[$0]) },
      upstreams: upstreams,
      ingressPort: UInt16(clamping: ingressPort),
      egressPort: UInt16(clamping: egressPort)
    ).bootstrap()
  }

  /// What an Envoy alone is told in all modes but App Mesh's own.
  ///
  /// - Parameter ports: to listen on.
  /// - Returns: `nil` when the findings say why there is nothing to tell.
  func gateway(
    of task: TaskDefinition, ports: [Int], _ findings: inout Findings
  ) throws(BootstrapError) -> Bootstrap? {
    let server = serverSettings(.virtualGateway, family: task.displayName)
    if let managed = try managed(server) { return managed }
    if let mesh { return try mesh.gateway(of: task, server, &findings) }
    return try StaticGateway(
      server: server, ports: ports.map { UInt16(clamping: $0) }, upstreams: upstreams
    ).bootstrap()
  }

  private func managed(_ server: ServerSettings) throws(BootstrapError) -> Bootstrap? {
    guard case .xds(let address, let usesTLS) = controlPlane else { return nil }
    return try XDSSidecar(server: server, managementServer: address, usesTLS: usesTLS).bootstrap()
  }

  private func serverSettings(_ kind: AppMeshResource.Kind, family: String) -> ServerSettings {
    let node = Node(id: nodeID ?? family, cluster: nodeCluster ?? family)
    let tags = mesh?.statsTags(of: kind) ?? [StatsTag(name: "service", fixedValue: node.cluster)]
    return ServerSettings(
      node: node,
      adminPort: UInt16(clamping: adminPort),
      memoryMiB: envoyMemory,
      statsTags: statsTags ? tags : [],
      tracing: tracingSettings)
  }

  private var tracingSettings: EnvoyBootstrap.Tracing? {
    // Envoy's own default for X-Ray, and enough to see something.
    let rate = xraySamplingRate.flatMap { Double($0) } ?? 0.05
    return switch tracing {
    case .none: nil
    case .xray: .xray(samplingRate: rate)
    case .otel: .openTelemetry(samplingRate: rate)
    }
  }
}

extension TaskDefinition {
  /// What the applications speak on their ports, where `appProtocol` says it.
  func portProtocols(_ findings: inout Findings) -> [Int: ServiceProtocol] {
    var protocols: [Int: ServiceProtocol] = [:]
    for mapping in applicationContainers.flatMap({ list(.portMappings, of: $0) }) {
      guard let word = text(.appProtocol, of: mapping),
        let port = integer(.containerPort, of: mapping)
      else { continue }
      guard let known = ServiceProtocol(rawValue: word) else {
        findings.add(.unknownProtocol(word), at: node(.appProtocol, of: mapping), in: document)
        continue
      }
      protocols[port] = known
    }
    return protocols
  }
}

extension Finding.Message {
  fileprivate static func portOfTemplate(_ port: ServedPort) -> Self {
    Self(
      .portOfTemplate,
      "the port \(port.spelling.compactText) is decided when the stack is deployed, but Envoy's "
        + "configuration is written now")
  }
  fileprivate static func unknownProtocol(_ word: String) -> Self {
    Self(
      .unknownAppProtocol, "'\(word)' is no protocol that ECS knows, so Envoy can't follow it")
  }
}
