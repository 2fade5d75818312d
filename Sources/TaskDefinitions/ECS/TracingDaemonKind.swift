/// The container that takes Envoy's spans.
public enum TracingDaemonKind: String, Hashable, Sendable, CaseIterable {
  case none
  /// The X-Ray daemon, UDP port 2000.
  case xray
  /// The AWS Distro for OpenTelemetry collector.
  case otel
}
