public import LosslessJSON

extension Rule {
  /// An option is unreadable, or contradicts another.
  private static let unusableOption = error(
    "unusable-option", "An option cannot be used.", fix: "Correct the option.")

  fileprivate static func problem(_ text: Wording, _ fix: Wording) -> Problem {
    Problem(unusableOption, text: text, fix: fix, at: Place())
  }
}

extension Problem {
  /// A problem of the options, independent of the document.
  ///
  /// - Parameters:
  ///   - text: why the options cannot be used, as a full sentence.
  ///   - fix: what to do, as a full sentence in the imperative.
  public init(_ text: Wording, fix: Wording) { self = Rule.problem(text, fix) }
}
