internal import LosslessJSON

/// When a request is sent again, to another endpoint if there is one.
public struct RetryPolicy: Hashable, Sendable {
  /// Words of
  /// <https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/http/http_filters/router_filter#x-envoy-retry-on>.
  public enum Condition: String, Hashable, Sendable {
    case connectFailure = "connect-failure"
    case refusedStream = "refused-stream"
    case resetBeforeRequest = "reset-before-request"
  }

  public var retryOn: [Condition]
  public var numRetries: Int

  public init(retryOn: [Condition], numRetries: Int) {
    self.retryOn = retryOn
    self.numRetries = numRetries
  }

  /// Twice where the server has not begun with the request, which is safe for every method.
  public static let ifNeverBegun = RetryPolicy(
    retryOn: [.connectFailure, .refusedStream, .resetBeforeRequest], numRetries: 2)

  var json: JSONValue {
    [
      "retry_on": .string(retryOn.map(\.rawValue).joined(separator: ",")),
      "num_retries": .integer(numRetries),
      "retry_host_predicate": [
        .typedExtension(
          "envoy.retry_host_predicates.previous_hosts",
          .message("envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"))
      ],
      // Tries to find a host that has not failed yet; after that any host will do.
      "host_selection_retry_max_attempts": 5,
    ]
  }
}
