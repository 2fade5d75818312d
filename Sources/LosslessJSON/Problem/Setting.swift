/// A setting that a caller of the libraries can choose, named as the library names it.
///
/// Messages name settings with it instead of with the spelling of one front end: the command prints
/// `--app-port` where a library says ``Setting`` `appPorts`.
///
/// Each library declares the settings it owns: `extension Setting { static let appPorts =
/// Setting("appPorts") }`.
public struct Setting: Hashable, Sendable {
  /// Lower camel case, such as `appPorts`.
  public let name: String

  public init(_ name: String) { self.name = name }

  func description(_ value: String?) -> String {
    value.map { "\(name) = \($0)" } ?? name
  }
}
