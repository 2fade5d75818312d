internal import EnvoyBootstrap

/// Compiles one member of a mesh, and keeps what it finds on its way.
struct MemberCompiler {
  /// What is the same about nodes and gateways.
  struct Member {
    /// As messages call it.
    var title: String
    var origin: Origin
    var accessLog: FileAccessLog?
    /// For what the member calls.
    var policy: ClientPolicy?
    var ipPreference: IPPreference?
  }

  let member: Member
  let index: MeshIndex
  let names: EnvoyNames
  let certificates: MeshCertificates
  let defaults: MeshDefaults
  let tracing: TracingProvider?
  private(set) var losses: [Loss] = []
  /// Of the applications, or of the gateway's second hop.
  var ingressClusters: [Cluster] = []
  /// Of what the member calls, in the order of their first use.
  var targets: [Target] = []
  var otherClusters: [Cluster] = []
  var usesSecretService = false

  /// A cluster, and what it was made for.
  struct Target {
    /// The cluster's name, if no other policy had led to the same node.
    var name: String
    var cluster: Cluster
  }

  init(
    _ member: Member, index: MeshIndex, certificates: MeshCertificates, defaults: MeshDefaults,
    tracing: TracingProvider?
  ) {
    self.member = member
    self.index = index
    names = EnvoyNames(mesh: index.mesh.name)
    self.certificates = certificates
    self.defaults = defaults
    self.tracing = tracing
  }

  mutating func note(_ loss: Loss) {
    if !losses.contains(loss) { losses.append(loss) }
  }

  /// - Parameter roles: who wants which port.
  mutating func checkPorts(_ roles: [(role: String, port: UInt16)]) {
    var owners: [UInt16: String] = [:]
    for (role, port) in roles {
      if let other = owners.updateValue(role, forKey: port) {
        note(.portTaken(port, other, role, at: member.origin))
      }
    }
  }

  /// The configuration, if nothing that was found is an error.
  mutating func finished(
    _ server: ServerSettings, listeners: [Listener], appPorts: [UInt16]
  ) throws(MeshCompileError) -> CompiledMember {
    noteUnendedLines()
    if usesSecretService { addSecretService() }
    let losses = losses.sorted { ($0.code.name, $0.message) < ($1.code.name, $1.message) }
    guard !losses.contains(where: \.code.isError) else { throw .lossy(losses) }
    var bootstrap: Bootstrap
    do { bootstrap = try server.bootstrap() } catch { throw .server(error) }
    bootstrap.listeners = listeners
    bootstrap.clusters += ingressClusters + targets.map(\.cluster) + otherClusters
    return CompiledMember(
      name: server.node.id, bootstrap: bootstrap, losses: losses, appPorts: appPorts)
  }
}

extension Loss {
  fileprivate static func portTaken(
    _ port: UInt16, _ one: String, _ other: String, at origin: Origin
  ) -> Loss {
    .init(
      .portTaken,
      "port \(port) is both \(one) and \(other) port: only one listener can have it", at: origin)
  }
}
