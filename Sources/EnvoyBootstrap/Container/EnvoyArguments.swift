/// Envoy's command line
/// (<https://www.envoyproxy.io/docs/envoy/v1.40.0/operations/cli>).
public struct EnvoyArguments: Hashable, Sendable {
  /// The whole configuration's text; JSON is YAML. `nil`: the entry point gives it as a file.
  public var configuration: String?
  public var logLevel: LogLevel
  /// Worker threads; `nil`: one for each CPU of the machine, not of the container.
  public var concurrency: Int?

  public init(configuration: String?, logLevel: LogLevel = .info, concurrency: Int? = 2) {
    self.configuration = configuration
    self.logLevel = logLevel
    self.concurrency = concurrency
  }

  /// The flag before the configuration's text.
  public static let configurationFlag = "--config-yaml"

  /// Hot restart is for two Envoys on one machine; it needs a writable file system.
  public var arguments: [String] {
    let threads = concurrency.map { ["--concurrency", String($0)] } ?? []
    let text = configuration.map { [Self.configurationFlag, $0] } ?? []
    return text + ["--log-level", logLevel.rawValue] + threads + ["--disable-hot-restart"]
  }
}
