internal import LosslessJSON

/// When a request is sent again.
public struct RetryPolicy: Hashable, Sendable {
  /// Words of
  /// <https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/http/http_filters/router_filter#x-envoy-retry-on>
  /// and of `x-envoy-retry-grpc-on`.
  public enum Condition: String, Hashable, Sendable {
    case connectFailure = "connect-failure"
    case refusedStream = "refused-stream"
    case resetBeforeRequest = "reset-before-request"
    /// No answer at all: a broken connection, or a try that took too long.
    case reset
    /// ``RetryPolicy/retriableStatusCodes``
    case retriableStatusCodes = "retriable-status-codes"
    case cancelled
    case deadlineExceeded = "deadline-exceeded"
    case `internal` = "internal"
    case resourceExhausted = "resource-exhausted"
    case unavailable
  }

  public var retryOn: [Condition]
  public var numRetries: Int
  public var retriableStatusCodes: [Int] = []
  /// How long each try may take; `nil`: as long as the request.
  public var perTryTimeout: Duration?
  /// Whether endpoints that were tried are avoided in so many choices. Without it, it is the
  /// endpoint whose turn it is: mostly another one. With it, a route takes 230 bytes more of the
  /// 64 KiB that ECS allows.
  public var hostSelectionRetryMaxAttempts: Int?

  public init(retryOn: [Condition], numRetries: Int) {
    self.retryOn = retryOn
    self.numRetries = numRetries
  }

  /// Twice where the server has not begun with the request, which is safe for every method.
  public static let ifNeverBegun = RetryPolicy(
    retryOn: [.connectFailure, .refusedStream, .resetBeforeRequest], numRetries: 2)

  var json: JSONValue {
    .fields([
      "retry_on": .string(retryOn.map(\.rawValue).joined(separator: ",")),
      "num_retries": .integer(numRetries),
      "per_try_timeout": perTryTimeout.map { .duration($0) },
      "retriable_status_codes": retriableStatusCodes.ifNotEmpty { .array($0.map { .integer($0) }) },
      "retry_host_predicate": hostSelectionRetryMaxAttempts.map { _ in [Self.previousHosts] },
      "host_selection_retry_max_attempts": hostSelectionRetryMaxAttempts.map { .integer($0) },
    ])
  }

  private static let previousHosts = JSONValue.typedExtension(
    "envoy.retry_host_predicates.previous_hosts",
    .message("envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"))
}
