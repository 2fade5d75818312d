/// Why bytes are not the YAML that this library reads, and where.
public struct YAMLError: Error, Hashable, Sendable {
  /// What is wrong: one clause without a full stop.
  public let message: String
  /// From 1.
  public let line: Int
  /// From 1, in characters.
  public let column: Int

  public init(message: String, line: Int, column: Int) {
    self.message = message
    self.line = line
    self.column = column
  }
}
