public import LosslessJSON

/// An option that can't be used as it was given.
public struct OptionError: Error, Hashable, Sendable {
  public struct Message: Hashable, Sendable {
    /// What is wrong: one clause without a full stop.
    public let text: Wording
    /// What to do about it.
    public let fix: Wording

    package init(_ text: Wording, fix: Wording) {
      self.text = text
      self.fix = fix
    }
  }

  public let message: Message

  package init(_ message: Message) { self.message = message }

  public init(_ text: Wording, fix: Wording) { message = Message(text, fix: fix) }
}
