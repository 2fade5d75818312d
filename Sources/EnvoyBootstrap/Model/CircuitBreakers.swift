internal import LosslessJSON

/// How much may be under way to a cluster at once; `nil`: Envoy's own limit.
public struct CircuitBreakers: Hashable, Sendable {
  public var maxConnections: Int?
  public var maxPendingRequests: Int?
  public var maxRequests: Int?
  public var maxRetries: Int?
  /// Whether retries may be a fifth of the requests, Envoy's default budget, in place of a number.
  public var hasRetryBudget: Bool

  public init(
    maxConnections: Int? = nil, maxPendingRequests: Int? = nil, maxRequests: Int? = nil,
    maxRetries: Int? = nil, hasRetryBudget: Bool = false
  ) {
    self.maxConnections = maxConnections
    self.maxPendingRequests = maxPendingRequests
    self.maxRequests = maxRequests
    self.maxRetries = maxRetries
    self.hasRetryBudget = hasRetryBudget
  }

  /// The largest number, which is no limit.
  public static let unlimited = Int(Int32.max)

  /// No limit but the machine's: Envoy's 1024 connections would refuse what worked without it.
  /// The budget keeps retries from multiplying.
  public static let retriesOnly = CircuitBreakers(
    maxConnections: unlimited, maxPendingRequests: unlimited, maxRequests: unlimited,
    hasRetryBudget: true)

  var json: JSONValue? {
    guard self != CircuitBreakers() else { return nil }
    let thresholds = JSONValue.fields([
      "max_connections": maxConnections.map { .integer($0) },
      "max_pending_requests": maxPendingRequests.map { .integer($0) },
      "max_requests": maxRequests.map { .integer($0) },
      "max_retries": maxRetries.map { .integer($0) },
      "retry_budget": hasRetryBudget ? [:] : nil,
    ])
    return ["thresholds": [thresholds]]
  }
}
