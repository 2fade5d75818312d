public import EnvoyBootstrap

/// What one Envoy of a mesh is told.
public struct CompiledMember: Hashable, Sendable {
  /// As App Mesh's Envoys called themselves: `mesh/M/virtualNode/N`, `mesh/M/virtualGateway/G`.
  public var name: String
  public var bootstrap: Bootstrap
  /// Warnings; with an error there is no compiled member.
  public var losses: [Loss]
  /// The ports on which a sidecar's application, or a gateway, listens.
  public var appPorts: [UInt16]
}
