/// A setting that a caller of the libraries can choose, under the library's name for it.
///
/// Messages refer to settings in this form instead of the spelling of one front end. The command prints
/// `--app-port` where a library has ``Setting`` `appPorts`.
///
/// Each library declares its own settings: `extension Setting { static let appPorts =
/// Setting("appPorts") }`.
public struct Setting: Hashable, Sendable {
  /// The name in lower camel case, such as `appPorts`.
  public let name: String

  public init(_ name: String) { self.name = name }

  func description(_ value: String?) -> String {
    value.map { "\(name) = \($0)" } ?? name
  }
}
