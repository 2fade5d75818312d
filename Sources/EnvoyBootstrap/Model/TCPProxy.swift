internal import LosslessJSON

/// Forwards the bytes of a connection to a cluster and back.
public struct TCPProxy: Hashable, Sendable {
  public enum Target: Hashable, Sendable {
    case cluster(String)
    /// Every weight must be positive.
    case weightedClusters([WeightedCluster])
  }

  public var statPrefix: String
  public var target: Target
  /// How long a connection may be silent. Zero means no limit, and `nil` means Envoy's default of one hour.
  public var idleTimeout: Duration? = .zero
  public var accessLogs: [AccessLog]

  public init(statPrefix: String, target: Target, accessLogs: [AccessLog] = []) {
    self.statPrefix = statPrefix
    self.target = target
    self.accessLogs = accessLogs
  }

  public init(statPrefix: String, cluster: String, accessLogs: [AccessLog] = []) {
    self.init(statPrefix: statPrefix, target: .cluster(cluster), accessLogs: accessLogs)
  }

  var json: JSONValue {
    let targetMember: JSONValue.Member =
      switch target {
      case .cluster(let name): .init("cluster", .string(name))
      case .weightedClusters(let clusters): WeightedCluster.member(clusters)
      }
    let message = JSONValue.message(
      "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
      ["stat_prefix": .string(statPrefix)])
    let others = JSONValue.fields([
      "idle_timeout": idleTimeout.map { .duration($0) },
      "access_log": accessLogs.ifNotEmpty { .array($0.map(\.json)) },
    ])
    return .typedExtension(
      "tcp_proxy",
      .object((message.object ?? []) + [targetMember] + (others.object ?? [])))
  }
}
