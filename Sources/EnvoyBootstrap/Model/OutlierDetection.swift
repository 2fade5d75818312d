internal import LosslessJSON

/// When an endpoint is left alone for a while because it answers with errors.
public struct OutlierDetection: Hashable, Sendable {
  /// Errors in a row: 5xx, resets, failed connections; `nil`: Envoy's five.
  public var consecutive5xx: Int?
  /// How often times to leave alone begin and end; `nil`: Envoy's 10 s.
  public var interval: Duration?
  /// How long the first time, and each further time as much longer; `nil`: Envoy's 30 s.
  public var baseEjectionTime: Duration?
  /// The share of the endpoints that may be left alone at once.
  public var maxEjectionPercent: Int

  public init(
    consecutive5xx: Int? = nil, interval: Duration? = nil, baseEjectionTime: Duration? = nil,
    maxEjectionPercent: Int
  ) {
    self.consecutive5xx = consecutive5xx
    self.interval = interval
    self.baseEjectionTime = baseEjectionTime
    self.maxEjectionPercent = maxEjectionPercent
  }

  var json: JSONValue {
    .fields([
      "consecutive_5xx": consecutive5xx.map { .integer($0) },
      "interval": interval.map { .duration($0) },
      "base_ejection_time": baseEjectionTime.map { .duration($0) },
      "max_ejection_percent": .integer(maxEjectionPercent),
      // Only errors in a row count; statistics over a few endpoints eject the wrong ones.
      "enforcing_success_rate": 0,
    ])
  }
}
