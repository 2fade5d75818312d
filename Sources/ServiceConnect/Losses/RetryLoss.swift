import AppMesh
import LosslessJSON

/// Service Connect retries a request up to twice after failed connections and 503, whatever its method, and
/// has no setting for that.
/// <https://github.com/aws/containers-roadmap/issues/1963>
struct RetryLoss {
  let called: CalledPort
  let defaults: MeshDefaults

  func note(for endpoint: Endpoint, _ parts: MeshParts, _ losses: inout LossList) {
    guard called.protocol != .tcp, let kind else { return }
    losses.add(
      kind, ["service": called.service.name, "port": "\(called.port)"],
      fields: [Field.service(called.service.name, "\(called.port)", "retryPolicy")],
      nodes: parts.callers(of: called.service).union([endpoint.node]), at: called.origin)
  }

  /// `nil` if the retries do not change.
  private var kind: Loss.Kind? {
    guard let policy = called.routes?.first?.retryPolicy else {
      return defaults == .retriesWithoutLimits ? nil : Self.appear
    }
    return policy.maxRetries > 0 && policy.repeatsUnavailable ? Self.fixed : Self.appear
  }
}

extension MeshRetryPolicy {
  /// Whether a request is retried after 503.
  fileprivate var repeatsUnavailable: Bool {
    httpRetryEvents.contains { ["server-error", "gateway-error"].contains($0) }
      || grpcRetryEvents.contains("unavailable")
  }
}

extension RetryLoss {
  static let kinds = [appear, fixed]

  private static let appear = Loss.Kind.error(
    "sc-retries-appear",
    "Calls to '{service}' on port {port} are not repeated after 503 today. Service Connect repeats "
      + "them twice, POST as well.",
    fix: "Make the calls idempotent, or stay with Envoy.")
  private static let fixed = Loss.Kind.warning(
    "sc-retries-fixed",
    "The retry policy for '{service}' on port {port} is replaced by Service Connect's: two retries, "
      + "after failed connections and after 503.",
    fix: "Let the application retry what is missing.")
}
