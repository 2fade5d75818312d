/// An option that can't be used as it was given.
public struct OptionError: Error, Hashable, Sendable {
  public struct Message: Hashable, Sendable {
    /// What is wrong: one clause without a full stop.
    public let text: String
    /// What to do about it.
    public let fix: String

    package init(_ text: String, fix: String) {
      self.text = text
      self.fix = fix
    }
  }

  public let message: Message

  package init(_ message: Message) { self.message = message }

  public init(_ text: String, fix: String) { message = Message(text, fix: fix) }
}
