internal import EnvoyBootstrap

/// The defaults of a mesh. They depend on when the AWS account started to use App Mesh
/// (<https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy-defaults.html>).
public enum MeshDefaults: Hashable, Sendable {
  /// Accounts since 2020-07-29: two retries, and no limits.
  case retriesWithoutLimits
  /// Accounts before that: no retries, and Envoy's default limits.
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

  /// The default retry policy for HTTP and gRPC.
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

  /// The default timeout of routes and listeners, for inbound and outbound requests.
  static let requestTimeout = Duration.seconds(15)

  /// The default of both Envoy and App Mesh.
  static let idleTimeout = Duration.seconds(300)
}

extension RetryPolicy {
  /// The value that App Mesh's Envoys had.
  static let meshHostSelectionAttempts = 5
}
