internal import EnvoyBootstrap

/// What holds where the mesh says nothing; it depends on when the account began with App Mesh
/// (<https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-defaults.html>).
public enum MeshDefaults: Hashable, Sendable {
  /// Since 2020-07-29: two retries, and no limits.
  case retriesWithoutLimits
  /// Before: no retries, and Envoy's limits.
  case envoys

  var circuitBreakers: CircuitBreakers {
    let unlimited = CircuitBreakers.unlimited
    return switch self {
    case .retriesWithoutLimits:
      .init(
        maxConnections: unlimited, maxPendingRequests: unlimited, maxRequests: unlimited,
        maxRetries: unlimited)
    case .envoys: .init()
    }
  }

  /// For HTTP and gRPC.
  var retryPolicy: RetryPolicy? {
    guard self == .retriesWithoutLimits else { return nil }
    var policy = RetryPolicy(
      retryOn: [
        .unavailable, .reset, .connectFailure, .refusedStream, .retriableStatusCodes,
      ],
      numRetries: 2)
    policy.retriableStatusCodes = [503]
    policy.hostSelectionRetryMaxAttempts = RetryPolicy.meshHostSelectionAttempts
    return policy
  }

  /// Of routes and listeners, in both directions.
  static let requestTimeout = Duration.seconds(15)

  /// Envoy's and App Mesh's.
  static let idleTimeout = Duration.seconds(300)
}

extension RetryPolicy {
  /// As App Mesh's Envoys had it.
  static let meshHostSelectionAttempts = 5
}
