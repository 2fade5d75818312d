package import LosslessJSON

/// What every Envoy is told, whatever its configuration comes from.
public struct ServerSettings: Hashable, Sendable {
  public var node: Node
  /// The administration interface on 127.0.0.1.
  public var adminPort: UInt16
  /// The hard limit of Envoy's container in MiB; `nil`: there is none, and nothing is watched.
  public var memoryMiB: Int?
  /// Each proxied connection takes two file descriptors: 25 000 fit the 65 536 that Fargate allows
  /// and leave room for the rest.
  public var maxDownstreamConnections: Int
  public var statsTags: [StatsTag]
  public var tracing: Tracing?
  /// `nil`: the errors in a plain configuration; what the description says in one of a mesh.
  public var accessLogging: AccessLogging?

  public init(
    node: Node,
    adminPort: UInt16 = 9901,
    memoryMiB: Int? = nil,
    maxDownstreamConnections: Int = 25_000,
    statsTags: [StatsTag] = [],
    tracing: Tracing? = nil,
    accessLogging: AccessLogging? = nil
  ) {
    self.node = node
    self.adminPort = adminPort
    self.memoryMiB = memoryMiB
    self.maxDownstreamConnections = maxDownstreamConnections
    self.statsTags = statsTags
    self.tracing = tracing
    self.accessLogging = accessLogging
  }

  /// Envoy 1.40 takes 67 MiB before its first request (measured with two workers).
  public static let leastMemoryMiB = 70

  /// - Throws: when Envoy could not start or serve with these settings.
  func check() throws(Problem) {
    if let memoryMiB, memoryMiB < Self.leastMemoryMiB {
      throw Problem(.tooLittleMemory, ["size": "\(memoryMiB)"])
    }
    guard maxDownstreamConnections > 0 else {
      throw Problem(.noConnections, ["count": "\(maxDownstreamConnections)"])
    }
  }

  /// A configuration with these settings and nothing that carries traffic yet.
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
    // The heap may take four fifths; code, stacks and the allocator's caches are not part of it.
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
