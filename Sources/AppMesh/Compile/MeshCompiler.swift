public import EnvoyBootstrap

/// Compiles the configurations that App Mesh gave to the Envoys of a mesh into ones that need no
/// control plane.
///
/// Envoy's listeners, clusters and route tables keep the names that App Mesh gave them, and with
/// them the statistics. A mesh gives the same bytes whatever the order of its parts.
public struct MeshCompiler: Hashable, Sendable {
  public var mesh: Mesh {
    get { index.mesh }
    set { index = MeshIndex(newValue) }
  }
  private(set) var index: MeshIndex
  public var certificates: MeshCertificates
  public var defaults: MeshDefaults

  public init(
    _ mesh: Mesh, certificates: MeshCertificates = .init(),
    defaults: MeshDefaults = .retriesWithoutLimits
  ) {
    index = MeshIndex(mesh)
    self.certificates = certificates
    self.defaults = defaults
  }

  /// The configuration of the Envoy beside the application of a virtual node.
  ///
  /// - Parameter server: its node is replaced by the Envoy's name in the mesh.
  /// - Throws: if the mesh has no such node, or its behavior would change silently.
  public func sidecar(
    node name: String, server: ServerSettings, ingressPort: UInt16 = 15000,
    egressPort: UInt16 = 15001
  ) throws(MeshCompileError) -> CompiledEnvoy {
    guard let node = index.node(name) else {
      throw .unknown(.virtualNode, name, known: mesh.virtualNodes.map(\.name))
    }
    let server = named("virtualNode/\(name)", server)
    let compilation = try compilation(
      for: server,
      .init(
        title: "virtual node '\(name)'", origin: node.origin, accessLog: node.accessLog,
        policy: node.backendDefaults,
        ipPreference: node.serviceDiscovery?.ipPreference ?? mesh.ipPreference,
        logging: server.accessLogging))
    compilation.checkPorts(
      [
        ("ingress", ingressPort), ("egress", egressPort), ("admin", server.adminPort),
      ] + node.listeners.map { ("application", $0.portMapping.port) })
    let listeners = [
      IngressCompiler(compilation: compilation).ingress(of: node, on: ingressPort),
      EgressCompiler(compilation: compilation).egress(to: node.backends, on: egressPort),
    ]
    RetryAmplification(compilation: compilation)
      .note(calling: node.backends.map(\.virtualServiceName), from: name)
    return try compilation.finished(
      server, listeners: listeners.compactMap(\.self),
      appPorts: node.listeners.map(\.portMapping.port).sorted())
  }

  /// The configuration of the Envoy of a virtual gateway.
  ///
  /// - Parameters:
  ///   - server: its node is replaced by the Envoy's name in the mesh.
  ///   - egressPort: where the gateway sends requests to itself, on 127.0.0.1.
  /// - Throws: if the mesh has no such gateway, or its behavior would change silently.
  public func gateway(
    _ name: String, server: ServerSettings, egressPort: UInt16 = 15001
  ) throws(MeshCompileError) -> CompiledEnvoy {
    guard let gateway = index.gateway(name) else {
      throw .unknown(.virtualGateway, name, known: mesh.virtualGateways.map(\.name))
    }
    let server = named("virtualGateway/\(name)", server)
    let compilation = try compilation(
      for: server,
      .init(
        title: "virtual gateway '\(name)'", origin: gateway.origin, accessLog: gateway.accessLog,
        policy: gateway.backendDefaults,
        ipPreference: mesh.ipPreference, logging: server.accessLogging))
    compilation.checkPorts(
      [("egress", egressPort), ("admin", server.adminPort)]
        + gateway.listeners.map { ("gateway", $0.portMapping.port) })
    let listeners = GatewayCompiler(compilation: compilation)
      .listeners(of: gateway, egressPort: egressPort)
    RetryAmplification(compilation: compilation)
      .note(calling: gateway.routes.map(\.virtualServiceName), from: name)
    return try compilation.finished(
      server, listeners: listeners, appPorts: gateway.listeners.map(\.portMapping.port).sorted())
  }

  private func named(_ resource: String, _ server: ServerSettings) -> ServerSettings {
    let name = "mesh/\(mesh.name)/\(resource)"
    var server = server
    server.node = Node(id: name, cluster: name)
    return server
  }

  private func compilation(
    for server: ServerSettings, _ profile: EnvoyCompilation.Profile
  ) throws(MeshCompileError) -> EnvoyCompilation {
    let tracing: TracingProvider?
    do { tracing = try server.tracingProvider() } catch { throw .server(error) }
    return EnvoyCompilation(
      profile, index: index, certificates: certificates, defaults: defaults, tracing: tracing)
  }
}
