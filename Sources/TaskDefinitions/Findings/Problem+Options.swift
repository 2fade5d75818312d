public import LosslessJSON

extension Rule {
  /// An option that cannot be used as it was given: it is unreadable, or contradicts another.
  private static let unusableOption = error(
    "unusable-option", "An option cannot be used.", fix: "Correct the option.")

  fileprivate static func problem(_ text: Wording, _ fix: Wording) -> Problem {
    Problem(unusableOption, text: text, fix: fix, at: Place())
  }
}

extension Problem {
  /// A problem with the options themselves, whatever the document.
  ///
  /// - Parameters:
  ///   - text: why they cannot be used.
  ///   - fix: what to do about it.
  public init(_ text: Wording, fix: Wording) { self = Rule.problem(text, fix) }
}
