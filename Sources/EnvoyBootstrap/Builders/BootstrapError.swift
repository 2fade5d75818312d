/// Why no configuration was made from the values that were given.
public struct BootstrapError: Error, Hashable, CustomStringConvertible {
  /// What is wrong and what would follow from it.
  public let message: String
  /// How to fix it.
  public let fix: String

  public var description: String { "\(message); \(fix)" }

  init(_ problem: String, so consequence: String, fix remedy: String) {
    message = "\(problem): \(consequence)"
    fix = remedy
  }
}
