/// A kind of problem: its code, its severity, the sentences that report it, and the page that
/// explains it.
///
/// A rule is declared next to the check that reports it, and nowhere else. Its wording has holes for the
/// values of a document, so the catalogue of all rules contains the same sentences as the reports.
public struct Rule: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    /// The document is processed, but somebody should review the problem.
    case warning
    /// The document is rejected.
    case error
  }

  /// The code, in kebab case, with which users suppress the rule. Never reused for another rule.
  public let code: String
  public let severity: Severity
  /// Full sentences that describe the problem and its consequence.
  public let text: Wording
  /// The advice: a full sentence in the imperative.
  public let fix: Wording
  /// The URL of the page that documents the rule, or `nil` if the rule is only about this package.
  public let source: String?
  /// Whether the problem depends only on the options, so that it is reported once for all documents of a
  /// run.
  public let isOfRun: Bool

  private init(
    _ code: String, _ severity: Severity, _ text: Wording, _ fix: Wording, _ source: String?,
    isOfRun: Bool
  ) {
    self.code = code
    self.severity = severity
    self.text = text
    self.fix = fix
    self.source = source
    self.isOfRun = isOfRun
  }

  /// A rule whose problems cause a document to be rejected.
  public static func error(
    _ code: String, _ text: Wording, fix: Wording, see source: String? = nil
  ) -> Rule {
    Rule(code, .error, text, fix, source, isOfRun: false)
  }

  /// A rule whose problems are reported with the processed document.
  public static func warning(
    _ code: String, _ text: Wording, fix: Wording, see source: String? = nil,
    isOfRun: Bool = false
  ) -> Rule {
    Rule(code, .warning, text, fix, source, isOfRun: isOfRun)
  }

  /// Rules are identified by their codes.
  public static func == (left: Rule, right: Rule) -> Bool { left.code == right.code }

  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
