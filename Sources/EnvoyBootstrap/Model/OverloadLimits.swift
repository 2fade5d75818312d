internal import LosslessJSON

/// Limits at which Envoy rejects work, before the kernel kills it
/// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/operations/overload_manager/overload_manager>).
public struct OverloadLimits: Hashable, Sendable {
  /// The heap size that counts as 100 percent, in MiB, or `nil` if Envoy does not watch memory.
  public var maxHeapMiB: Int?
  /// The maximum number of open client connections over all listeners.
  public var maxDownstreamConnections: Int

  public init(maxHeapMiB: Int?, maxDownstreamConnections: Int) {
    self.maxHeapMiB = maxHeapMiB
    self.maxDownstreamConnections = maxDownstreamConnections
  }

  var json: JSONValue {
    .fields([
      "resource_monitors": .array((maxHeapBytes.map { [Self.heap($0)] } ?? []) + [connections]),
      "actions": maxHeapMiB.map { _ in
        .array(Self.heapActions.map { Self.action($0.name, from: $0.usage) })
      },
    ])
  }

  private static let heapMonitor = "envoy.resource_monitors.fixed_heap"

  /// First frees memory, then serves fewer clients. The thresholds are those of Envoy's guide for edge
  /// proxies
  /// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/best_practices/edge>).
  private static let heapActions: [(name: String, usage: Double)] = [
    ("envoy.overload_actions.shrink_heap", 0.90),
    ("envoy.overload_actions.disable_http_keepalive", 0.92),
    ("envoy.overload_actions.stop_accepting_requests", 0.95),
    ("envoy.overload_actions.stop_accepting_connections", 0.98),
  ]

  var maxHeapBytes: Int? { maxHeapMiB.map { $0 * 1_048_576 } }

  private static func heap(_ bytes: Int) -> JSONValue {
    .typedExtension(
      heapMonitor,
      .message(
        "envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig",
        ["max_heap_size_bytes": .integer(bytes)]))
  }

  private var connections: JSONValue {
    .typedExtension(
      "envoy.resource_monitors.global_downstream_max_connections",
      .message(
        "envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig",
        ["max_active_downstream_connections": .integer(maxDownstreamConnections)]))
  }

  private static func action(_ name: String, from usage: Double) -> JSONValue {
    [
      "name": .string(name),
      "triggers": [["name": .string(heapMonitor), "threshold": ["value": .decimal(usage)]]],
    ]
  }
}
