/// An Envoy without an application, through which requests enter the mesh.
public struct VirtualGateway: Hashable, Sendable {
  public var name: String
  public var listeners: [GatewayListener] = []
  public var backendDefaults: ClientPolicy?
  public var accessLog: FileAccessLog?
  /// Sorted by name. Priority and matches decide which route is used.
  public var routes: [GatewayRoute] = []
  public var origin: Origin

  public init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// Selects requests from outside, and sends them to a virtual service with changes.
public struct GatewayRoute: Hashable, Sendable {
  public var name: String
  /// Range: 0-1000, where 0 comes first. Routes with `nil` come last.
  public var priority: Int?
  /// The value is http, http2 or grpc.
  public var `protocol`: PortProtocol
  public var match: RequestMatch
  public var virtualServiceName: String
  /// The port of the service's provider, or `nil` for its only one.
  public var targetPort: UInt16?
  public var rewrite: GatewayRewrite
  public var origin: Origin

  public init(
    name: String, protocol: PortProtocol, match: RequestMatch = .init(),
    virtualServiceName: String, rewrite: GatewayRewrite = .init(), origin: Origin
  ) {
    self.name = name
    self.`protocol` = `protocol`
    self.match = match
    self.virtualServiceName = virtualServiceName
    self.rewrite = rewrite
    self.origin = origin
  }
}

public struct GatewayRewrite: Hashable, Sendable {
  public enum Path: Hashable, Sendable {
    /// A matched prefix is replaced by `/`, and other paths are unchanged. This is App Mesh's default.
    case standard
    /// Paths are unchanged.
    case none
    /// The matched prefix is replaced by this text.
    case prefix(String)
    /// The whole path is replaced by this text.
    case exact(String)
  }

  /// Whether the host is replaced by the virtual service's name.
  public var rewritesHostname: Bool
  public var path: Path

  public init(rewritesHostname: Bool = true, path: Path = .standard) {
    self.rewritesHostname = rewritesHostname
    self.path = path
  }
}
