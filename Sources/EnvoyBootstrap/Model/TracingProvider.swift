internal import LosslessJSON

/// The destination of spans, and the sampling rate.
public struct TracingProvider: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Sends segments over UDP to the daemon at ``xrayDaemon``.
    case xray
    /// Sends OpenTelemetry spans over gRPC to the ``Cluster`` of this name.
    case openTelemetry(cluster: String)
  }

  public var kind: Kind
  /// The name of the service in its spans.
  public var serviceName: String
  /// The share of requests that start a trace, from 0 to 1. Requests that arrive with a sampling decision
  /// keep it.
  public var samplingRate: Double

  public init(_ kind: Kind, serviceName: String, samplingRate: Double) {
    self.kind = kind
    self.serviceName = serviceName
    self.samplingRate = samplingRate
  }

  /// The default address of the X-Ray daemon and of compatible collectors
  /// (<https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon.html>).
  static let xrayDaemon = SocketAddress.loopback(2000)

  var json: JSONValue {
    // A percentage. For X-Ray it is 100, because Envoy's X-Ray tracer applies its own sampling rule.
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

  /// A version 2 local sampling rule of X-Ray: one request per second, and the given rate of the rest
  /// (<https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-go-configuration.html>).
  private var samplingRule: JSONValue {
    let defaultRule: JSONValue = [
      "fixed_target": samplingRate == 0 ? 0 : 1, "rate": .decimal(samplingRate),
    ]
    return ["version": 2, "default": defaultRule]
  }
}
