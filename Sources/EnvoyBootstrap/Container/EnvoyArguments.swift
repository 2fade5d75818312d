/// Envoy's command line
/// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/operations/cli>).
public struct EnvoyArguments: Hashable, Sendable {
  /// The text of the whole configuration (JSON is YAML), or `nil` if the entry point passes it as a file.
  public var configuration: String?
  public var logLevel: LogLevel
  /// The number of worker threads, or `nil` for one per CPU of the machine (not of the container).
  public var concurrency: Int?

  public init(configuration: String?, logLevel: LogLevel = .info, concurrency: Int? = 2) {
    self.configuration = configuration
    self.logLevel = logLevel
    self.concurrency = concurrency
  }

  /// The flag that precedes the configuration's text.
  public static let configurationFlag = "--config-yaml"

  /// Disables hot restart, which is for two Envoys on one machine and needs a writable file system.
  public var arguments: [String] {
    let threads = concurrency.map { ["--concurrency", String($0)] } ?? []
    let text = configuration.map { [Self.configurationFlag, $0] } ?? []
    return text + ["--log-level", logLevel.rawValue] + threads + ["--disable-hot-restart"]
  }
}

/// The verbosity of Envoy's own log
/// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/operations/cli#cmdoption-l>).
public enum LogLevel: String, CaseIterable, Hashable, Sendable {
  case trace, debug, info, warning, error, critical, off
}

/// The container image of Envoy.
public enum EnvoyImage {
  /// The version that this package's tests run
  /// (<https://github.com/envoyproxy/envoy/releases/tag/v1.40.0>).
  public static let testedVersion = "1.40.0"

  /// The stock image of the Envoy project: Ubuntu with bash, without curl. It runs with a read-only root file
  /// system (<https://github.com/envoyproxy/envoy/tree/v1.40.0/distribution/docker>).
  public static let stock = "envoyproxy/envoy:v\(testedVersion)"
}
