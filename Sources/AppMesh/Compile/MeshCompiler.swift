public import EnvoyBootstrap

/// Makes of a mesh what App Mesh told each of its Envoys, as configurations that need no server.
///
/// Envoy's listeners, clusters and route tables keep the names that they had, and with them the
/// statistics. The same mesh gives the same bytes, whatever the order of its parts.
public struct MeshCompiler: Hashable, Sendable {
  public var mesh: Mesh
  public var certificates: MeshCertificates
  public var defaults: MeshDefaults

  public init(
    _ mesh: Mesh, certificates: MeshCertificates = .init(),
    defaults: MeshDefaults = .retriesWithoutLimits
  ) {
    self.mesh = mesh
    self.certificates = certificates
    self.defaults = defaults
  }

  /// What the Envoy beside the application of a virtual node is told.
  ///
  /// - Parameter server: its node is replaced by the member's name in the mesh.
  /// - Throws: when there is no such node, or behaviour would change silently.
  public func sidecar(
    node name: String, server: ServerSettings, ingressPort: UInt16 = 15000,
    egressPort: UInt16 = 15001
  ) throws(MeshCompileError) -> CompiledMember {
    guard let node = mesh.virtualNodes.first(where: { $0.name == name }) else {
      throw .unknownMember(
        .virtualNode, name, known: mesh.virtualNodes.map(\.name).sorted())
    }
    let server = named("virtualNode/\(name)", server)
    var member = try compiler(
      for: server,
      .init(
        title: "virtual node '\(name)'", origin: node.origin, accessLog: node.accessLog,
        policy: node.backendDefaults,
        ipPreference: node.serviceDiscovery?.ipPreference ?? mesh.ipPreference))
    member.checkPorts(
      [
        ("ingress", ingressPort), ("egress", egressPort), ("admin", server.adminPort),
      ] + node.listeners.map { ("application", $0.portMapping.port) })
    let listeners = [
      member.ingress(of: node, on: ingressPort),
      member.egress(to: node.backends, on: egressPort),
    ]
    member.noteMultipliedRetries(calling: node.backends.map(\.virtualServiceName), from: name)
    return try member.finished(
      server, listeners: listeners.compactMap(\.self),
      appPorts: node.listeners.map(\.portMapping.port).sorted())
  }

  /// What the Envoy of a virtual gateway is told.
  ///
  /// - Parameters:
  ///   - server: its node is replaced by the member's name in the mesh.
  ///   - egressPort: where the gateway sends requests to itself, on 127.0.0.1.
  /// - Throws: when there is no such gateway, or behaviour would change silently.
  public func gateway(
    _ name: String, server: ServerSettings, egressPort: UInt16 = 15001
  ) throws(MeshCompileError) -> CompiledMember {
    guard let gateway = mesh.virtualGateways.first(where: { $0.name == name }) else {
      throw .unknownMember(
        .virtualGateway, name, known: mesh.virtualGateways.map(\.name).sorted())
    }
    let server = named("virtualGateway/\(name)", server)
    var member = try compiler(
      for: server,
      .init(
        title: "virtual gateway '\(name)'", origin: gateway.origin, accessLog: gateway.accessLog,
        policy: gateway.backendDefaults,
        ipPreference: mesh.ipPreference))
    member.checkPorts(
      [("egress", egressPort), ("admin", server.adminPort)]
        + gateway.listeners.map { ("gateway", $0.portMapping.port) })
    let listeners = member.listeners(of: gateway, egressPort: egressPort)
    member.noteMultipliedRetries(calling: gateway.routes.map(\.virtualServiceName), from: name)
    return try member.finished(
      server, listeners: listeners, appPorts: gateway.listeners.map(\.portMapping.port).sorted())
  }

  private func named(_ resource: String, _ server: ServerSettings) -> ServerSettings {
    let name = "mesh/\(mesh.name)/\(resource)"
    var server = server
    server.node = Node(id: name, cluster: name)
    return server
  }

  private func compiler(
    for server: ServerSettings, _ member: MemberCompiler.Member
  ) throws(MeshCompileError) -> MemberCompiler {
    let tracing: TracingProvider?
    do { tracing = try server.tracingProvider() } catch { throw .server(error) }
    return MemberCompiler(
      member, index: .init(mesh), certificates: certificates, defaults: defaults, tracing: tracing)
  }
}

extension ServiceDiscovery {
  var ipPreference: IPPreference? {
    switch self {
    case .dns(_, _, let preference), .awsCloudMap(_, _, _, let preference): preference
    }
  }
}
