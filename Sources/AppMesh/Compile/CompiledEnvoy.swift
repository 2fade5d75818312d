public import EnvoyBootstrap
public import LosslessJSON

/// The configuration of one Envoy of a mesh.
public struct CompiledEnvoy: Hashable, Sendable {
  /// As App Mesh's Envoys called themselves: `mesh/M/virtualNode/N`, `mesh/M/virtualGateway/G`.
  public var name: String
  public var bootstrap: Bootstrap
  /// Warnings. An Envoy with an error is not compiled.
  public var problems: [Problem]
  /// The ports on which a sidecar's application, or a gateway, listens.
  public var appPorts: [UInt16]
}
