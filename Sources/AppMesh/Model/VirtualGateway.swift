/// An Envoy alone, through which requests enter the mesh.
public struct VirtualGateway: Hashable, Sendable {
  public var name: String
  public var listeners: [GatewayListener] = []
  public var backendDefaults: ClientPolicy?
  public var accessLog: FileAccessLog?
  /// In the order of names; which one is taken is decided by priority and matches.
  public var routes: [GatewayRoute] = []
  public var origin: Origin

  public init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// Which requests from outside go to which virtual service, and what they look like there.
public struct GatewayRoute: Hashable, Sendable {
  public var name: String
  /// 0 through 1000, 0 is first; `nil`: after all that have one.
  public var priority: Int?
  /// http, http2 or grpc.
  public var `protocol`: PortProtocol
  public var match: RequestMatch
  public var virtualServiceName: String
  /// Which port of the service's provider; `nil`: its only one.
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
    /// A matched prefix becomes `/`; other paths stay: App Mesh's default.
    case standard
    /// Paths stay as they are.
    case none
    /// The matched prefix becomes this.
    case prefix(String)
    /// The whole path becomes this.
    case exact(String)
  }

  /// Whether the host becomes the virtual service's name.
  public var rewritesHostname: Bool
  public var path: Path

  public init(rewritesHostname: Bool = true, path: Path = .standard) {
    self.rewritesHostname = rewritesHostname
    self.path = path
  }
}
