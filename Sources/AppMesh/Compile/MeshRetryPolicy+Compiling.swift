internal import EnvoyBootstrap

extension MeshRetryPolicy {
  /// App Mesh translated its HTTP events to status codes instead of Envoy's retry conditions
  /// (<https://docs.aws.amazon.com/app-mesh/latest/APIReference/API_HttpRetryPolicy.html>).
  private static let httpEvents: [String: (conditions: [RetryPolicy.Condition], codes: [Int])] = [
    // Without `reset`, an attempt that exceeds `perRetryTimeout` would not be retried.
    "server-error": ([.reset, .retriableStatusCodes], Array(500...508) + [510, 511]),
    "gateway-error": ([.reset, .retriableStatusCodes], [502, 503, 504]),
    "client-error": ([.retriableStatusCodes], [409]),
    "stream-error": ([.reset, .refusedStream], []),
  ]

  private static let tcpEvents: [String: RetryPolicy.Condition] = [
    "connection-error": .connectFailure
  ]

  private static let grpcEvents: [String: RetryPolicy.Condition] = [
    "cancelled": .cancelled, "deadline-exceeded": .deadlineExceeded, "internal": .internal,
    "resource-exhausted": .resourceExhausted, "unavailable": .unavailable,
  ]

  /// Events that App Mesh's API does not have.
  var unknownEvents: [String] {
    httpRetryEvents.filter { Self.httpEvents[$0] == nil }
      + tcpRetryEvents.filter { Self.tcpEvents[$0] == nil }
      + grpcRetryEvents.filter { Self.grpcEvents[$0] == nil }
  }

  var compiled: RetryPolicy {
    let http = httpRetryEvents.compactMap { Self.httpEvents[$0] }
    let conditions = Set(
      http.flatMap(\.conditions) + tcpRetryEvents.compactMap { Self.tcpEvents[$0] }
        + grpcRetryEvents.compactMap { Self.grpcEvents[$0] })
    var policy = RetryPolicy(
      retryOn: conditions.sorted { $0.rawValue < $1.rawValue }, numRetries: maxRetries)
    policy.retriableStatusCodes = Set(http.flatMap(\.codes)).sorted()
    policy.perTryTimeout = perRetryTimeout
    policy.hostSelectionRetryMaxAttempts = RetryPolicy.meshHostSelectionAttempts
    return policy
  }
}
