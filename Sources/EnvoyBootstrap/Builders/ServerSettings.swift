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
    accessLogging: AccessLogging? = nil,
    region: AWSRegion? = nil
  ) {
    self.node = node
    self.adminPort = adminPort
    self.memoryMiB = memoryMiB
    self.maxDownstreamConnections = maxDownstreamConnections
    self.statsTags = statsTags
    self.tracing = tracing
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
    guard maxDownstreamConnections > 0 else {
      throw Problem(.noConnections, ["count": "\(maxDownstreamConnections)"])
    }
  }

  /// A configuration with these settings that does not carry any traffic yet.
  package func bootstrap() throws(Problem) -> Bootstrap {
    try check()
    return Bootstrap(
      node: node,
      admin: .loopback(adminPort),
      overloadLimits: overloadLimits,
      statsTags: statsTags,
      clusters: tracing?.clusters ?? [])
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

  fileprivate static let noConnections = error(
    "no-connections",
    "Envoy may hold {count} client connections, so it would serve none.",
    fix: "Allow at least one.")
}
