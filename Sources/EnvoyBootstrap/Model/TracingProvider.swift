internal import LosslessJSON

/// Where the spans of requests are sent.
public struct TracingProvider: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Segments over UDP to the daemon on ``xrayDaemon``.
    case xray
    /// OpenTelemetry spans over gRPC to the ``Cluster`` of this name.
    case openTelemetry(cluster: String)
  }

  public var kind: Kind
  /// The service's name on its spans.
  public var serviceName: String
  /// The share of the requests that start a trace, 0 through 1; requests that come with a sampling
  /// decision keep it.
  public var samplingRate: Double

  public init(_ kind: Kind, serviceName: String, samplingRate: Double) {
    self.kind = kind
    self.serviceName = serviceName
    self.samplingRate = samplingRate
  }

  /// Where the X-Ray daemon and collectors that stand in for it listen by default
  /// (<https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon.html>).
  static let xrayDaemon = SocketAddress.loopback(2000)

  var json: JSONValue {
    // Percent; X-Ray's tracer decides by its own rule among the requests that Envoy offers it.
    let percent = kind == .xray ? 100 : (samplingRate * 1_000_000).rounded() / 10_000
    return ["provider": provider, "random_sampling": ["value": .decimal(percent)]]
  }

  private var provider: JSONValue {
    switch kind {
    case .xray: xray
    case .openTelemetry(let cluster):
      .typedExtension(
        "envoy.tracers.opentelemetry",
        .message(
          "envoy.config.trace.v3.OpenTelemetryConfig",
          [
            "service_name": .string(serviceName),
            "grpc_service": ["envoy_grpc": ["cluster_name": .string(cluster)]],
          ]))
    }
  }

  private var xray: JSONValue {
    let daemon = Self.xrayDaemon
    return .typedExtension(
      "envoy.tracers.xray",
      .message(
        "envoy.config.trace.v3.XRayConfig",
        [
          "daemon_endpoint": [
            "protocol": "UDP", "address": .string(daemon.address),
            "port_value": .integer(Int(daemon.port)),
          ],
          "segment_name": .string(serviceName),
          "sampling_rule_manifest": ["inline_string": .string(samplingRule.compactText)],
        ]))
  }

  /// Version 2 of X-Ray's local rules: one request a second, and the rate of the rest
  /// (<https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-go-configuration.html>).
  private var samplingRule: JSONValue {
    let defaultRule: JSONValue = [
      "fixed_target": samplingRate == 0 ? 0 : 1, "rate": .decimal(samplingRate),
    ]
    return ["version": 2, "default": defaultRule]
  }
}
