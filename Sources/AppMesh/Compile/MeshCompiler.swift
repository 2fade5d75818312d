public import EnvoyBootstrap

/// Compiles the configurations that App Mesh generated for the Envoys of a mesh into configurations that
/// need no control plane.
///
/// Envoy's listeners, clusters and route tables keep the names that App Mesh gave them, and so do their
/// statistics. The output does not depend on the order of the mesh's parts.
public struct MeshCompiler: Hashable, Sendable {
  public var mesh: Mesh {
    get { index.mesh }
    set { index = MeshIndex(newValue) }
  }
  private(set) var index: MeshIndex
  public var certificates: MeshCertificates
  public var defaults: MeshDefaults
  public var discovery: MeshDiscovery
  /// `nil` means that weights are fixed.
  public var live: MeshLive?

  public init(
    _ mesh: Mesh, certificates: MeshCertificates = .init(),
    defaults: MeshDefaults = .retriesWithoutLimits, discovery: MeshDiscovery = .init(),
    live: MeshLive? = nil
  ) {
    index = MeshIndex(mesh)
    self.certificates = certificates
    self.defaults = defaults
    self.discovery = discovery
    self.live = live
  }

  /// Compiles the configuration of the Envoy next to the application of a virtual node.
  ///
  /// - Parameter server: settings of the Envoy. The Envoy's name in the mesh replaces their node.
  /// - Throws: an error if the mesh has no such node, or if the Envoy's behavior would change silently.
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
        name: name, title: "virtual node '\(name)'", origin: node.origin, accessLog: node.accessLog,
        policy: node.backendDefaults,
        ipPreference: node.serviceDiscovery?.ipPreference ?? mesh.ipPreference,
        logging: server.accessLogging))
    compilation.checkPorts(
      [
        ("ingress", ingressPort), ("egress", egressPort),
      ] + server.ports + node.listeners.map { ("application", $0.portMapping.port) })
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

  /// Compiles the configuration of a virtual gateway's Envoy.
  ///
  /// - Parameters:
  /// - server: settings of the Envoy. The Envoy's name in the mesh replaces their node.
  /// - egressPort: the port on 127.0.0.1 where the gateway sends requests to itself.
  /// - Throws: an error if the mesh has no such gateway, or if the Envoy's behavior would change silently.
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
        name: name, title: "virtual gateway '\(name)'", origin: gateway.origin,
        accessLog: gateway.accessLog,
        policy: gateway.backendDefaults,
        ipPreference: mesh.ipPreference, logging: server.accessLogging))
    compilation.checkPorts(
      [("egress", egressPort)] + server.ports
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
      profile, index: index, certificates: certificates, defaults: defaults, discovery: discovery,
      live: live, region: server.region, tracing: tracing)
  }
}
