public import LosslessJSON

/// An Envoy that gets its listeners and clusters from a management server over ADS (gRPC, resource
/// version 3). The server decides whether it works as a sidecar or as a gateway.
///
/// If ``ServerSettings/tracing`` is OpenTelemetry, the configuration has the cluster `otel_collector`
/// (127.0.0.1:4317), which the server's listeners can use in their tracing providers.
public struct XDSSidecar: BootstrapBuilder {
  public var server: ServerSettings
  public var managementServer: SocketAddress
  /// Whether Envoy checks the server's certificate against the system's certificate authorities.
  public var usesTLS: Bool

  public init(server: ServerSettings, managementServer: SocketAddress, usesTLS: Bool = false) {
    self.server = server
    self.managementServer = managementServer
    self.usesTLS = usesTLS
  }

  /// How long Envoy waits for its first clusters, and then again for its first listeners.
  ///
  /// With Envoy's default of 15 s, a task whose server is down would be unhealthy for 30 s.
  public static let initialFetchTimeout = Duration.seconds(5)

  /// After this time Envoy is ready even if the server never answered, but has no listeners until it does.
  /// A health check must not give up earlier.
  public static let longestStart = initialFetchTimeout * 2 + .seconds(1)

  /// - Throws: a problem if the node has no name, or a number is out of range.
  public func check() throws(Problem) {
    guard !server.node.id.isEmpty, !server.node.cluster.isEmpty else {
      throw Problem(.anonymousNode)
    }
    _ = try server.tracingProvider()
    try server.check()
  }

  public func bootstrap() throws(Problem) -> Bootstrap {
    try check()
    var bootstrap = try server.bootstrap(namesAreOurs: false)
    let cluster = managementCluster
    bootstrap.clusters.append(cluster)
    bootstrap.dynamicResources = .init(
      cluster: cluster.name, initialFetchTimeout: Self.initialFetchTimeout)
    return bootstrap
  }

  private var managementCluster: Cluster {
    Cluster(
      name: "xds_cluster",
      discovery: managementServer.isIP ? .fixed(managementServer) : .dns(managementServer),
      httpVersion: .http2,
      transportSocket: usesTLS
        ? UpstreamTLS(
          sni: managementServer.address,
          context: .init(
            alpnProtocols: ["h2"], validation: .init(trustedCA: .systemAuthorities))) : nil)
  }
}

extension Rule {
  fileprivate static let anonymousNode = error(
    "anonymous-node",
    """
    The Envoy node does not have an id or a cluster, so Envoy does not start and the management \
    server cannot tell which service it belongs to.
    """,
    fix: "Set \(.nodeID) and \(.nodeCluster), for example to the task definition's family.")
}
