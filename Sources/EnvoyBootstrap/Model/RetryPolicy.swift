internal import LosslessJSON

/// The conditions for retrying a request, and the number of retries.
public struct RetryPolicy: Hashable, Sendable {
  /// The values of
  /// <https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/http/http_filters/router_filter#x-envoy-retry-on>
  /// and of `x-envoy-retry-grpc-on`.
  public enum Condition: String, Hashable, Sendable {
    case connectFailure = "connect-failure"
    case refusedStream = "refused-stream"
    case resetBeforeRequest = "reset-before-request"
    /// No response: the connection broke, or the attempt timed out.
    case reset
    /// The response has one of ``RetryPolicy/retriableStatusCodes``.
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
  /// The timeout of each attempt. `nil` means the timeout of the whole request.
  public var perTryTimeout: Duration?
  /// How often Envoy picks again to avoid endpoints that were already tried. If `nil`, it takes the next
  /// endpoint in turn, which is usually another one anyway. Setting it makes a route 230 bytes longer, of the
  /// 64 KiB that ECS allows.
  public var hostSelectionRetryMaxAttempts: Int?

  public init(retryOn: [Condition], numRetries: Int) {
    self.retryOn = retryOn
    self.numRetries = numRetries
  }

  /// Retries up to twice if the server has not started to process the request, which is safe for every method.
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
