internal import LosslessJSON

/// Envoy's command line
/// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/operations/cli>).
public struct EnvoyArguments: Hashable, Sendable {
  /// The whole configuration; JSON is YAML.
  public var bootstrap: Bootstrap
  public var logLevel: LogLevel
  /// Worker threads; `nil`: one for each CPU of the machine, not of the container.
  public var concurrency: Int?

  public init(bootstrap: Bootstrap, logLevel: LogLevel = .info, concurrency: Int? = 2) {
    self.bootstrap = bootstrap
    self.logLevel = logLevel
    self.concurrency = concurrency
  }

  /// The flag before the configuration's text.
  public static let configuration = "--config-yaml"

  /// Hot restart is for two Envoys on one machine; it needs a writable file system.
  public var arguments: [String] {
    let threads = concurrency.map { ["--concurrency", String($0)] } ?? []
    return [Self.configuration, bootstrap.json.compactText, "--log-level", logLevel.rawValue]
      + threads + ["--disable-hot-restart"]
  }
}
