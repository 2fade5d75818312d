public import LosslessJSON

/// An Envoy that gets its listeners and clusters from a management server over ADS (gRPC, resource
/// version 3). It serves as sidecar and as gateway: which of the two is the server's affair.
///
/// ``ServerSettings/tracing`` with OpenTelemetry adds the cluster `otel_collector` (127.0.0.1:4317)
/// for the server's listeners to refer to; the tracing provider itself is part of those listeners.
public struct XDSSidecar: BootstrapBuilder {
  public var server: ServerSettings
  public var managementServer: SocketAddress
  /// Whether the server's certificate is checked against the system's authorities.
  public var usesTLS: Bool

  public init(server: ServerSettings, managementServer: SocketAddress, usesTLS: Bool = false) {
    self.server = server
    self.managementServer = managementServer
    self.usesTLS = usesTLS
  }

  /// How long Envoy waits for its first clusters, and then as long again for its listeners.
  ///
  /// Envoy's own 15 s would keep a task whose server is away from getting healthy for 30 s.
  public static let initialFetchTimeout = Duration.seconds(5)

  /// After this time Envoy reports ready, even if the server never answered; then it has no
  /// listeners until the server does. A health check must not give up before.
  public static let longestStart = initialFetchTimeout * 2 + .seconds(1)

  /// Where the stock image has the certificates of Debian's `ca-certificates`.
  static let systemCA = "/etc/ssl/certs/ca-certificates.crt"

  /// - Throws: when the node has no name or a number is out of its range.
  public func check() throws(Problem) {
    guard !server.node.id.isEmpty, !server.node.cluster.isEmpty else {
      throw Problem(.anonymousNode)
    }
    _ = try server.tracingProvider()
    try server.check()
  }

  public func bootstrap() throws(Problem) -> Bootstrap {
    try check()
    var bootstrap = try server.bootstrap()
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
            alpnProtocols: ["h2"], validation: .init(trustedCA: .file(Self.systemCA)))) : nil)
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
