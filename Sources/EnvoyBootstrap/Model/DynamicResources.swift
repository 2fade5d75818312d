internal import LosslessJSON

/// Listeners and clusters from one management server over ADS, version 3, state of the world.
public struct DynamicResources: Hashable, Sendable {
  /// The static ``Cluster`` that is the management server.
  public var cluster: String
  /// How long Envoy waits for the clusters, and after that as long for the listeners, before it
  /// starts without them. It goes on asking in the background.
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
