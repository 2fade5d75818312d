package import LosslessJSON

/// Settings that every Envoy has, wherever its configuration comes from.
public struct ServerSettings: Hashable, Sendable {
  public var node: Node
  /// The port of the administration interface on 127.0.0.1.
  public var adminPort: UInt16
  /// The hard memory limit of Envoy's container in MiB, or `nil` if it has none. Envoy then does not watch memory.
  public var memoryMiB: Int?
  /// The limit of client connections. Each proxied connection takes two file descriptors, so 25,000
  /// connections fit into the 65,536 descriptors that Fargate allows, with room for the rest.
  public var maxDownstreamConnections: Int
  public var statsTags: [StatsTag]
  public var tracing: Tracing?
  /// `nil` keeps the statistics in the administration interface.
  public var metrics: Metrics?
  /// `nil` means the default: errors only, or in a mesh whatever its description says.
  public var accessLogging: AccessLogging?
  /// The region in which Envoy calls AWS. `nil` if it is unknown.
  public var region: AWSRegion?

  public init(
    node: Node,
    adminPort: UInt16 = 9901,
    memoryMiB: Int? = nil,
    maxDownstreamConnections: Int = 25_000,
    statsTags: [StatsTag] = [],
    tracing: Tracing? = nil,
    metrics: Metrics? = nil,
    accessLogging: AccessLogging? = nil,
    region: AWSRegion? = nil
  ) {
    self.node = node
    self.adminPort = adminPort
    self.memoryMiB = memoryMiB
    self.maxDownstreamConnections = maxDownstreamConnections
    self.statsTags = statsTags
    self.tracing = tracing
    self.metrics = metrics
    self.accessLogging = accessLogging
    self.region = region
  }

  /// Envoy 1.40 uses 67 MiB before its first request (measured with two workers).
  public static let leastMemoryMiB = 70

  /// - Throws: a problem if Envoy could not start or serve with these settings.
  func check() throws(Problem) {
    if let memoryMiB, memoryMiB < Self.leastMemoryMiB {
      throw Problem(.tooLittleMemory, ["size": "\(memoryMiB)"])
    }
    guard metrics?.isPushed != true || tracing?.hasCollector == true else {
      throw Problem(.metricsWithoutCollector)
    }
    guard maxDownstreamConnections > 0 else {
      throw Problem(.noConnections, ["count": "\(maxDownstreamConnections)"])
    }
  }

  /// A configuration with these settings that does not carry any traffic yet.
  ///
  /// - Parameter namesAreOurs: whether this package names the clusters.
  package func bootstrap(namesAreOurs: Bool = true) throws(Problem) -> Bootstrap {
    try check()
    return Bootstrap(
      node: node,
      admin: .loopback(adminPort),
      overloadLimits: overloadLimits,
      statsTags: statsTags,
      statistics: metrics?.statistics(namesAreOurs: namesAreOurs),
      listeners: metrics?.listener.map { [$0] } ?? [],
      clusters: clusters)
  }

  /// The clusters that every configuration with these settings has.
  var clusters: [Cluster] {
    (tracing?.clusters ?? []) + (metrics?.clusters(adminPort: adminPort) ?? [])
  }

  var overloadLimits: OverloadLimits {
    // The heap may take four fifths. Code, stacks and the allocator's caches are not counted in it.
    OverloadLimits(
      maxHeapMiB: memoryMiB.map { $0 * 4 / 5 },
      maxDownstreamConnections: maxDownstreamConnections)
  }

  package func tracingProvider() throws(Problem) -> TracingProvider? {
    guard let tracing else { return nil }
    return try tracing.provider(serviceName: node.cluster)
  }
}

extension Rule {
  fileprivate static let tooLittleMemory = error(
    "too-little-memory",
    """
    Envoy's container is limited to {size} MiB, but Envoy needs \(ServerSettings.leastMemoryMiB) \
    MiB to start. ECS would kill it.
    """,
    fix: "Raise \(.envoyMemory), or reserve memory without a hard limit.")

  fileprivate static let metricsWithoutCollector = error(
    "metrics-without-collector",
    "Envoy pushes its metrics to an OpenTelemetry collector, but the task gets none.",
    fix: "Add one with \(.tracing, "otel").")

  fileprivate static let noConnections = error(
    "no-connections",
    "Envoy may hold {count} client connections, so it would serve none.",
    fix: "Allow at least one.")
}
