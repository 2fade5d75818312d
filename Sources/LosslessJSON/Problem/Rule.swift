/// A kind of problem: its code, its severity, the sentences that report it, and the page that
/// explains it.
///
/// A rule is declared beside the check that reports it, and nowhere else. Its wording has holes for the
/// values of a document, so the catalogue of all rules prints the sentence of the reports.
public struct Rule: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    /// The document is processed, but somebody should look at this.
    case warning
    /// The document is refused.
    case error
  }

  /// Kebab-case; what users suppress. Never reused for something else.
  public let code: String
  public let severity: Severity
  /// Full sentences that say what is wrong and what follows from it.
  public let text: Wording
  /// The advice: a full sentence in the imperative.
  public let fix: Wording
  /// Address of the page that documents the rule; `nil` if the rule is about this package alone.
  public let source: String?
  /// Whether the problem follows from the options alone, so that it is reported once for all documents
  /// of a run.
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

  /// A rule whose problems refuse the document.
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
