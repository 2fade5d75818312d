extension Loss {
  /// Kinds of losses: what is the same about each in every mesh.
  public struct Code: Hashable, Sendable {
    /// Kebab-case. Never reused for something else.
    public let name: String
    /// Whether behaviour would change silently, so that nothing is compiled.
    public let isError: Bool
    /// What is lost and what follows, in general: one sentence without a full stop.
    public let reason: String
    /// What to do about it in general, as an imperative without a full stop.
    public let remedy: String

    /// Every kind there is: what is found while a mesh is read, and while it is compiled.
    public static let all = readingCodes + compilingCodes

    private init(_ name: String, isError: Bool, _ reason: String, remedy: String) {
      self.name = name
      self.isError = isError
      self.reason = reason
      self.remedy = remedy
    }

    static func error(_ name: String, _ reason: String, remedy: String) -> Code {
      Code(name, isError: true, reason, remedy: remedy)
    }

    static func warning(_ name: String, _ reason: String, remedy: String) -> Code {
      Code(name, isError: false, reason, remedy: remedy)
    }
  }
}
