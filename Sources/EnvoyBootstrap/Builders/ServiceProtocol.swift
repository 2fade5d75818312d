/// What a service speaks. The words are those of a task definition's `appProtocol`, and `tcp`.
public enum ServiceProtocol: String, CaseIterable, Hashable, Sendable {
  case http
  case http2
  case grpc
  /// Bytes that Envoy passes on without a look.
  case tcp

  /// `nil` where there is no HTTP.
  var httpVersion: Cluster.HTTPVersion? {
    switch self {
    case .http: .http1
    case .http2, .grpc: .http2
    case .tcp: nil
    }
  }
}
