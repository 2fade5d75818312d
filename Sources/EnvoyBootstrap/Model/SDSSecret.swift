internal import LosslessJSON

/// A secret of a Secret Discovery Service (gRPC, resource version 3).
public struct SDSSecret: Hashable, Sendable {
  public var name: String
  /// The static ``Cluster`` that is the service.
  public var cluster: String

  public init(name: String, cluster: String) {
    self.name = name
    self.cluster = cluster
  }

  var json: JSONValue {
    [
      "name": .string(name),
      "sds_config": [
        "resource_api_version": "V3",
        "api_config_source": [
          "api_type": "GRPC",
          "transport_api_version": "V3",
          "grpc_services": [["envoy_grpc": ["cluster_name": .string(cluster)]]],
        ],
      ],
    ]
  }
}
