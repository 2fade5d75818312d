internal import LosslessJSON

/// The daemon in the task that receives spans, and the share of requests to trace, from 0 to 1.
public enum Tracing: Hashable, Sendable {
  /// The X-Ray daemon, or a compatible collector, on UDP 127.0.0.1:2000.
  case xray(samplingRate: Double)
  /// An OpenTelemetry collector on gRPC 127.0.0.1:4317.
  case openTelemetry(samplingRate: Double)

  static let collectorCluster = "otel_collector"

  /// Whether an OpenTelemetry collector receives the spans.
  var hasCollector: Bool { !clusters.isEmpty }

  /// The cluster that spans are sent through, if they need one.
  var clusters: [Cluster] {
    switch self {
    case .xray: []
    case .openTelemetry:
      [.init(name: Self.collectorCluster, discovery: .fixed(.loopback(4317)), httpVersion: .http2)]
    }
  }

  func provider(serviceName: String) throws(Problem) -> TracingProvider {
    let kind: TracingProvider.Kind
    let samplingRate: Double
    switch self {
    case .xray(let rate): (kind, samplingRate) = (.xray, rate)
    case .openTelemetry(let rate):
      (kind, samplingRate) = (.openTelemetry(cluster: Self.collectorCluster), rate)
    }
    guard (0...1).contains(samplingRate) else {
      throw Problem(.samplingRateOutOfRange, ["rate": "\(samplingRate)"])
    }
    return TracingProvider(kind, serviceName: serviceName, samplingRate: samplingRate)
  }
}

extension Rule {
  fileprivate static let samplingRateOutOfRange = error(
    "sampling-rate-out-of-range",
    "The sampling rate is {rate}, but it is a share of the requests.",
    fix: """
      Give \(.xraySamplingRate) a number from 0 to 1, such as 0.05 for one request in twenty.
      """)
}
