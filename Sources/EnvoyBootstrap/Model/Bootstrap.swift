public import LosslessJSON

/// The bootstrap configuration of one Envoy
/// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/api-v3/config/bootstrap/v3/bootstrap.proto>).
public struct Bootstrap: Hashable, Sendable {
  public var node: Node
  public var admin: SocketAddress
  public var overloadLimits: OverloadLimits
  public var statsTags: [StatsTag]
  /// The statistics that are kept, or `nil` for all of them.
  public var statistics: Statistics?
  public var listeners: [Listener]
  public var clusters: [Cluster]
  /// The source of further listeners and clusters, or `nil` if there are only the static ones above.
  public var dynamicResources: DynamicResources?
  /// The maximum program size of a compiled regular expression, or `nil` for Envoy's default of 100. A
  /// literal of 100 characters already exceeds that.
  public var maximumExpressionSize: Int?

  public init(
    node: Node,
    admin: SocketAddress,
    overloadLimits: OverloadLimits,
    statsTags: [StatsTag] = [],
    statistics: Statistics? = nil,
    listeners: [Listener] = [],
    clusters: [Cluster] = [],
    dynamicResources: DynamicResources? = nil
  ) {
    self.node = node
    self.admin = admin
    self.overloadLimits = overloadLimits
    self.statsTags = statsTags
    self.statistics = statistics
    self.listeners = listeners
    self.clusters = clusters
    self.dynamicResources = dynamicResources
  }

  /// Runtime keys that Envoy reads while it runs. `nil` means that there are none.
  public var liveRuntime: LiveRuntime?

  /// Whether Envoy calls AWS, with the keys of the task role.
  public var callsAWS: Bool { clusters.contains { $0.service != nil } }

  /// The configuration in Envoy's v3 JSON format. The output is deterministic.
  public var json: JSONValue {
    .fields([
      "node": node.json,
      "admin": adminJSON,
      "overload_manager": overloadLimits.json,
      "stats_config": statsConfig,
      "stats_flush_interval": statistics?.sink.map { _ in .duration(OpenTelemetrySink.interval) },
      "stats_sinks": statistics?.sink.map { [$0.json] },
      "static_resources": .fields([
        "listeners": listeners.ifNotEmpty { .array($0.map(\.json)) },
        "clusters": countedClusters.ifNotEmpty { .array($0.map(\.json)) },
      ]),
      "dynamic_resources": dynamicResources?.json,
      "layered_runtime": runtimeLayers.ifNotEmpty { ["layers": .array($0)] },
    ])
  }

  /// Later layers override earlier ones.
  private var runtimeLayers: [JSONValue] {
    let expressions = maximumExpressionSize.map { size -> JSONValue in
      [
        "name": "expressions",
        "static_layer": ["re2.max_program_size.error_level": .integer(size)],
      ]
    }
    return [expressions, liveRuntime?.json].compactMap(\.self)
  }

  private var statsConfig: JSONValue? {
    let tags = statsTags.ifNotEmpty { JSONValue.array($0.map(\.json)) }
      .map { JSONValue.Member("stats_tags", $0) }
    let members = (tags.map { [$0] } ?? []) + (statistics?.configMembers ?? [])
    return members.ifNotEmpty(JSONValue.object)
  }

  /// The clusters as statistics name them: Envoy takes what is before the first dot for the cluster.
  private var countedClusters: [Cluster] {
    guard statistics != nil else { return clusters }
    return clusters.map { cluster in
      guard cluster.statName == nil, cluster.name.contains(".") else { return cluster }
      var cluster = cluster
      cluster.statName = String(cluster.name.map { $0 == "." ? "_" : $0 })
      return cluster
    }
  }

  /// The administration interface is exempt from the connection limit, so that it can still answer the
  /// health check when the limit is reached.
  private var adminJSON: JSONValue {
    ["address": admin.json, "ignore_global_conn_limit": true]
  }
}

/// The identity of this Envoy for the management server, in traces and in statistics.
public struct Node: Hashable, Sendable {
  public var id: String
  /// The name of the service that this Envoy belongs to.
  public var cluster: String

  public init(id: String, cluster: String) {
    self.id = id
    self.cluster = cluster
  }

  var json: JSONValue { ["id": .string(id), "cluster": .string(cluster)] }
}

/// A tag with a fixed value on every statistic of this Envoy.
public struct StatsTag: Hashable, Sendable {
  public var name: String
  public var fixedValue: String

  public init(name: String, fixedValue: String) {
    self.name = name
    self.fixedValue = fixedValue
  }

  var json: JSONValue { ["tag_name": .string(name), "fixed_value": .string(fixedValue)] }
}

/// Listeners and clusters from one management server over ADS (version 3, state of the world).
public struct DynamicResources: Hashable, Sendable {
  /// The name of the static ``Cluster`` that is the management server.
  public var cluster: String
  /// How long Envoy waits for the clusters, and then again for the listeners, before it starts without
  /// them. It keeps asking in the background.
  public var initialFetchTimeout: Duration

  public init(cluster: String, initialFetchTimeout: Duration) {
    self.cluster = cluster
    self.initialFetchTimeout = initialFetchTimeout
  }

  var json: JSONValue {
    let source: JSONValue = [
      "resource_api_version": "V3",
      "initial_fetch_timeout": .duration(initialFetchTimeout),
      "ads": [:],
    ]
    return ["ads_config": ads, "lds_config": source, "cds_config": source]
  }

  private var ads: JSONValue {
    [
      "api_type": "GRPC",
      "transport_api_version": "V3",
      "set_node_on_first_message_only": true,
      "grpc_services": [["envoy_grpc": ["cluster_name": .string(cluster)]]],
    ]
  }
}
