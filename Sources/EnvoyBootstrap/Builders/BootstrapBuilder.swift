public import LosslessJSON

/// A value that determines the configuration of one Envoy.
public protocol BootstrapBuilder: Hashable, Sendable {
  var server: ServerSettings { get set }
  /// The application's ports.
  var appPorts: [AppPort] { get set }

  /// Whether Envoy calls AWS, with the keys of the task role.
  var callsAWS: Bool { get }

  /// - Throws: a problem if Envoy would reject the configuration, or could not serve with it.
  func check() throws(Problem)

  /// - Throws: the same problems as ``check()``.
  func bootstrap() throws(Problem) -> Bootstrap
}

extension BootstrapBuilder {
  public var callsAWS: Bool { false }

  /// Empty by default, because some sources of configuration define the ports themselves.
  public var appPorts: [AppPort] {
    get { [] }
    set {}
  }
}
