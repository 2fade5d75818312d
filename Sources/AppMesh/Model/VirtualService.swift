/// A name that applications call, and who answers.
public struct VirtualService: Hashable, Sendable {
  public enum Provider: Hashable, Sendable {
    case virtualNode(String)
    case virtualRouter(String)
  }

  public var name: String
  /// `nil`: nobody; requests are answered with 404.
  public var provider: Provider?
  public var origin: Origin

  public init(name: String, provider: Provider? = nil, origin: Origin) {
    self.name = name
    self.provider = provider
    self.origin = origin
  }
}

/// The ports of a virtual service, and its routes.
public struct VirtualRouter: Hashable, Sendable {
  public var name: String
  public var listeners: [PortMapping] = []
  /// In the order of names; which one is taken is decided by priority and matches.
  public var routes: [MeshRoute] = []
  public var origin: Origin

  public init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// Which requests of a virtual router go to which nodes.
public struct MeshRoute: Hashable, Sendable {
  public var name: String
  /// 0 through 1000, 0 is first; `nil`: after all that have one.
  public var priority: Int?
  public var `protocol`: PortProtocol
  public var match: RequestMatch
  public var weightedTargets: [WeightedTarget]
  public var retryPolicy: MeshRetryPolicy?
  public var timeout: RequestTimeout?
  public var origin: Origin

  public init(
    name: String, protocol: PortProtocol, match: RequestMatch = .init(),
    weightedTargets: [WeightedTarget], origin: Origin
  ) {
    self.name = name
    self.`protocol` = `protocol`
    self.match = match
    self.weightedTargets = weightedTargets
    self.origin = origin
  }
}

public struct WeightedTarget: Hashable, Sendable {
  public var virtualNode: String
  /// 0 through 100, relative to those of the other targets.
  public var weight: Int
  /// Which of the node's listeners; `nil`: its only one.
  public var port: UInt16?

  public init(virtualNode: String, weight: Int, port: UInt16? = nil) {
    self.virtualNode = virtualNode
    self.weight = weight
    self.port = port
  }
}

public struct MeshRetryPolicy: Hashable, Sendable {
  public var maxRetries: Int
  public var perRetryTimeout: Duration
  /// Of `server-error`, `gateway-error`, `client-error`, `stream-error`.
  public var httpRetryEvents: [String] = []
  /// Of `connection-error`.
  public var tcpRetryEvents: [String] = []
  /// Of `cancelled`, `deadline-exceeded`, `internal`, `resource-exhausted`, `unavailable`.
  public var grpcRetryEvents: [String] = []

  public init(maxRetries: Int, perRetryTimeout: Duration) {
    self.maxRetries = maxRetries
    self.perRetryTimeout = perRetryTimeout
  }
}
