/// The kind of container that receives Envoy's spans.
public enum TracingDaemonKind: String, Hashable, Sendable, CaseIterable {
  case none
  /// The X-Ray daemon, UDP port 2000.
  case xray
  /// The AWS Distro for OpenTelemetry collector.
  case otel
}

/// Images of daemons that receive spans on the task's loopback interface: the last part of their name.
package enum TracingDaemonImage {
  private static let xrayDaemon = "aws-xray-daemon"
  private static let collector = "aws-otel-collector"

  package static let all = [xrayDaemon, collector]

  /// The images that accept Envoy's spans. The collector's awsxray receiver can replace the X-Ray
  /// daemon, but not the other way round.
  /// <https://github.com/aws-observability/aws-otel-collector/tree/main/config/ecs>
  package static func accepting(_ tracing: TracingDaemonKind) -> [String] {
    switch tracing {
    case .none: []
    case .xray: all
    case .otel: [collector]
    }
  }
}
