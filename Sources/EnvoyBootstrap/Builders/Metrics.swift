internal import LosslessJSON

/// How Envoy's statistics leave the task. Without it they stay in the administration interface.
///
/// Either way Envoy keeps a selection only: of all its statistics, which are 1,500 to 20,000, nobody
/// looks at most, and metrics are paid for by number.
public struct Metrics: Hashable, Sendable {
  /// The port of a listener that answers `GET /metrics` in Prometheus's format and nothing else, or
  /// `nil` for none.
  public var port: UInt16?
  /// Whether Envoy sends them to the collector of ``Tracing/openTelemetry(samplingRate:)`` once a
  /// minute, as the changes since the last time. They are then a shorter selection.
  public var isPushed: Bool

  public init(port: UInt16? = nil, isPushed: Bool = false) {
    self.port = port
    self.isPushed = isPushed
  }

  /// The cluster of the administration interface. As the name in its statistics, the dot keeps them out
  /// of the selection, which has only names without dots.
  private static let adminCluster = "metrics.admin"

  /// - Parameter namesAreOurs: whether this package named the clusters and HTTP connection managers.
  ///   An xDS server may put dots into their names.
  func statistics(namesAreOurs: Bool) -> Statistics {
    let cluster = #"cluster\."# + (namesAreOurs ? #"[^.]+\."# : #".+\."#)
    let http = #"http\."# + (namesAreOurs ? #"(ingress|egress|gateway)[^.]*\."# : #"[^.]+\."#)
    // Configuration that Envoy could not fetch or use. Those of our clusters are in the first pattern.
    let rejections = (namesAreOurs ? "[^c]" : "") + #".+\.update_(rejected|failure)"#
    return Statistics(
      patterns: isPushed
        ? [
          cluster + "(\(Self.upstreamRequests)|membership_healthy)",
          http + "downstream_rq_([1-5]xx|time)", rejections, Self.tlsErrors,
        ]
        : [
          cluster + "(\(Self.upstreamRequests)|\(Self.upstreamDetails))",
          http + "(downstream_rq_(total|[1-5]xx|time|active)|downstream_cx_active|no_route)",
          rejections, Self.tlsErrors, #"tcp\..+\.downstream_cx_(total|[rt]x_bytes_total)"#,
          #"server\.(live|uptime|memory_allocated|days_until_first_cert_expiring)"#,
          #"listener\.[0-9].+\.downstream_cx_overload_reject"#, #"overload\..+\.active"#,
        ],
      sink: isPushed ? OpenTelemetrySink(cluster: Tracing.collectorCluster) : nil)
  }

  private static let upstreamRequests =
    "upstream_rq_(total|[1-5]xx|time)|update_(rejected|failure)"
  private static let upstreamDetails = [
    "upstream_rq_(active|timeout|retry|pending_overflow)",
    "upstream_cx_(total|active|connect_fail|[rt]x_bytes_total)", "membership_(healthy|total)",
    #"outlier_detection\.ejections_active"#,
  ].joined(separator: "|")
  private static let tlsErrors = #".+\.ssl\.(connection_error|fail_verify_.+)"#

  /// The listener of ``port``. Its connections have a limit of their own, so that neither scrapers nor
  /// clients of the application can keep the other out.
  var listener: Listener? {
    guard let port else { return nil }
    let name = "metrics"
    var match = RouteMatch(.path("/metrics"))
    match.headers = [HeaderMatcher(":method", .string(.exact("GET")))]
    var route = Route(match, to: .cluster(Self.adminCluster), timeout: .response(.seconds(30)))
    route.rewrite.path = .prefix("/stats/prometheus")
    var manager = HTTPConnectionManager(
      statPrefix: name, virtualHosts: [VirtualHost(name: name, domains: ["*"], routes: [route])])
    manager.upgrades = []
    manager.idleTimeout = .seconds(60)
    manager.streamIdleTimeout = .seconds(30)
    var listener = Listener(
      name: name, address: .any(port), trafficDirection: .inbound,
      filterChains: [
        FilterChain(
          name: name,
          filters: .connectionLimit(.init(statPrefix: name, maxConnections: Self.maxScrapers)),
          .httpConnectionManager(manager))
      ])
    listener.ignoresConnectionLimit = true
    return listener
  }

  private static let maxScrapers = 20

  func clusters(adminPort: UInt16) -> [Cluster] {
    guard port != nil else { return [] }
    var cluster = Cluster(
      name: Self.adminCluster, discovery: .fixed(.loopback(adminPort)), httpVersion: .http1,
      idleTimeout: Cluster.remoteIdleTimeout)
    cluster.statName = Self.adminCluster
    return [cluster]
  }
}

extension ServerSettings {
  /// The ports that Envoy listens on wherever its configuration comes from, with their roles.
  package var ports: [(role: String, port: UInt16)] {
    [("admin", adminPort)] + (metrics?.port.map { [("metrics", $0)] } ?? [])
  }
}
