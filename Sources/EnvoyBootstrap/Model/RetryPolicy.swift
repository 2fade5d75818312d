internal import LosslessJSON

/// When a request is sent again, to the endpoint whose turn it is: mostly another one. Excluding
/// those that failed would take 230 bytes in every route of the 64 KiB that ECS allows.
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
    ]
  }
}
