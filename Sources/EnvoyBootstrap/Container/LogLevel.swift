/// How much Envoy says about itself
/// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/operations/cli#cmdoption-l>).
public enum LogLevel: String, CaseIterable, Hashable, Sendable {
  case trace, debug, info, warning, error, critical, off
}
