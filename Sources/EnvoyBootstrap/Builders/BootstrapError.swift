/// Why no configuration was made from the values that were given.
public struct BootstrapError: Error, Hashable, CustomStringConvertible {
  /// What is wrong, what would follow from it, and how to fix it.
  public var description: String

  init(_ problem: String, so consequence: String, fix remedy: String) {
    description = "\(problem): \(consequence); \(remedy)"
  }
}
