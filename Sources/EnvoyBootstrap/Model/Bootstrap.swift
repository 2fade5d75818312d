public import LosslessJSON

/// All that one Envoy is told at its start
/// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/api-v3/config/bootstrap/v3/bootstrap.proto>).
public struct Bootstrap: Hashable, Sendable {
  public var node: Node
  public var admin: SocketAddress
  public var overloadLimits: OverloadLimits
  public var statsTags: [StatsTag]
  public var listeners: [Listener]
  public var clusters: [Cluster]
  /// Where listeners and clusters come from besides those above; `nil`: from nowhere.
  public var dynamicResources: DynamicResources?

  public init(
    node: Node,
    admin: SocketAddress,
    overloadLimits: OverloadLimits,
    statsTags: [StatsTag] = [],
    listeners: [Listener] = [],
    clusters: [Cluster] = [],
    dynamicResources: DynamicResources? = nil
  ) {
    self.node = node
    self.admin = admin
    self.overloadLimits = overloadLimits
    self.statsTags = statsTags
    self.listeners = listeners
    self.clusters = clusters
    self.dynamicResources = dynamicResources
  }

  /// The configuration as Envoy's v3 JSON, the same for the same value on every machine.
  public var json: JSONValue {
    .fields([
      "node": node.json,
      "admin": adminJSON,
      "overload_manager": overloadLimits.json,
      "stats_config": statsTags.ifNotEmpty { ["stats_tags": .array($0.map(\.json))] },
      "static_resources": .fields([
        "listeners": listeners.ifNotEmpty { .array($0.map(\.json)) },
        "clusters": clusters.ifNotEmpty { .array($0.map(\.json)) },
      ]),
      "dynamic_resources": dynamicResources?.json,
    ])
  }

  /// The administration interface must answer the health check when the connections have run out.
  private var adminJSON: JSONValue {
    ["address": admin.json, "ignore_global_conn_limit": true]
  }
}
