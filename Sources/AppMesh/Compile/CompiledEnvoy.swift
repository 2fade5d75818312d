public import EnvoyBootstrap
public import LosslessJSON

/// The configuration of one Envoy of a mesh.
public struct CompiledEnvoy: Hashable, Sendable {
  /// The name that App Mesh's Envoys had: `mesh/M/virtualNode/N`, or `mesh/M/virtualGateway/G`.
  public var name: String
  public var bootstrap: Bootstrap
  /// Warnings only, because an Envoy with an error is not compiled.
  public var problems: [Problem]
  /// The ports on which a sidecar's application, or a gateway, listens.
  public var appPorts: [UInt16]
}
