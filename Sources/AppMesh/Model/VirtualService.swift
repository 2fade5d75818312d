/// A name that applications call, and the node or router that answers.
public struct VirtualService: Hashable, Sendable {
  public enum Provider: Hashable, Sendable {
    case virtualNode(String)
    case virtualRouter(String)
  }

  public var name: String
  /// If `nil`, Envoy answers requests with 404.
  public var provider: Provider?
  public var origin: Origin

  public init(name: String, provider: Provider? = nil, origin: Origin) {
    self.name = name
    self.provider = provider
    self.origin = origin
  }
}

/// The ports and routes of a virtual service.
public struct VirtualRouter: Hashable, Sendable {
  public var name: String
  public var listeners: [PortMapping] = []
  /// Sorted by name. Priority and matches decide which route is used.
  public var routes: [MeshRoute] = []
  public var origin: Origin

  public init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// Selects requests of a virtual router, and sends them to nodes.
public struct MeshRoute: Hashable, Sendable {
  public var name: String
  /// Range: 0-1000, where 0 comes first. Routes with `nil` come last.
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
  /// Range: 0-100, relative to the weights of the other targets.
  public var weight: Int
  /// The port of the node's listener, or `nil` for its only one.
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
  /// Values: `server-error`, `gateway-error`, `client-error`, `stream-error`.
  public var httpRetryEvents: [String] = []
  /// Values: `connection-error`.
  public var tcpRetryEvents: [String] = []
  /// Values: `cancelled`, `deadline-exceeded`, `internal`, `resource-exhausted`, `unavailable`.
  public var grpcRetryEvents: [String] = []

  public init(maxRetries: Int, perRetryTimeout: Duration) {
    self.maxRetries = maxRetries
    self.perRetryTimeout = perRetryTimeout
  }
}
