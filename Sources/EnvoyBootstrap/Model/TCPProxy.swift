internal import LosslessJSON

/// Bytes from a connection to a cluster and back, with a line in the access log at the end.
public struct TCPProxy: Hashable, Sendable {
  public var statPrefix: String
  public var cluster: String

  public init(statPrefix: String, cluster: String) {
    self.statPrefix = statPrefix
    self.cluster = cluster
  }

  var json: JSONValue {
    .typedExtension(
      "envoy.filters.network.tcp_proxy",
      .message(
        "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
        [
          "stat_prefix": .string(statPrefix),
          "cluster": .string(cluster),
          "access_log": [AccessLog.connections.json],
        ]))
  }
}
