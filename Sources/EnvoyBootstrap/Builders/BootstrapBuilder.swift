public import LosslessJSON

/// Everything that decides the configuration of one Envoy.
public protocol BootstrapBuilder: Hashable, Sendable {
  var server: ServerSettings { get set }
  /// The application's ports.
  var appPorts: [AppPort] { get set }

  /// - Throws: if Envoy would refuse the configuration, or could not serve with it.
  func check() throws(Problem)

  /// - Throws: what ``check()`` throws.
  func bootstrap() throws(Problem) -> Bootstrap
}

extension BootstrapBuilder {
  /// None: where a configuration comes from says which ports it has.
  public var appPorts: [AppPort] {
    get { [] }
    set {}
  }
}
