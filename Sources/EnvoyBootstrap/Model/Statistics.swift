internal import LosslessJSON

/// The statistics that Envoy keeps, and where it sends them.
public struct Statistics: Hashable, Sendable {
  /// RE2 expressions. Envoy keeps the statistics whose whole name one of them matches.
  public var patterns: [String]
  public var sink: OpenTelemetrySink?

  public init(patterns: [String], sink: OpenTelemetrySink? = nil) {
    self.patterns = patterns
    self.sink = sink
  }

  /// The upper bounds of a histogram's buckets in milliseconds. Envoy has 20 by default, up to an hour,
  /// and every bucket of every histogram is a series.
  private static let buckets = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000]

  /// Members of the bootstrap's `stats_config`.
  var configMembers: [JSONValue.Member] {
    [
      .init(
        "stats_matcher",
        ["inclusion_list": ["patterns": .array(patterns.map(Self.expression))]]),
      .init(
        "histogram_bucket_settings",
        [
          ["match": Self.expression(".*"), "buckets": .array(Self.buckets.map(JSONValue.integer))]
        ]),
    ]
  }

  private static func expression(_ text: String) -> JSONValue {
    StringMatcher.safeRegex(text).json
  }
}

/// Sends statistics to an OpenTelemetry collector over gRPC, as changes since the last time: a counter
/// that starts anew with each task would otherwise look like a fall.
public struct OpenTelemetrySink: Hashable, Sendable {
  /// The name of the static ``Cluster`` that is the collector.
  public var cluster: String

  public init(cluster: String) { self.cluster = cluster }

  /// The name of the extension in Envoy.
  package static let name = "envoy.stat_sinks.open_telemetry"

  /// CloudWatch keeps a value for each minute.
  static let interval = Duration.seconds(60)

  var json: JSONValue {
    .typedExtension(
      Self.name,
      .message(
        "envoy.extensions.stat_sinks.open_telemetry.v3.SinkConfig",
        [
          "grpc_service": ["envoy_grpc": ["cluster_name": .string(cluster)]],
          "report_counters_as_deltas": true,
          "report_histograms_as_deltas": true,
          "prefix": "envoy",
        ]))
  }
}
