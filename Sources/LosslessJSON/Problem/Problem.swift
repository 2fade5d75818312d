/// A problem of a document, a mesh, a template or a setting, with its consequence, its fix and its place.
/// It is thrown if nothing can be done, and collected if all problems of a document are reported
/// together.
public struct Problem: Error, Hashable, Sendable {
  public let rule: Rule
  /// The rule's severity, or the one that the user chose.
  public let severity: Rule.Severity
  /// The rule's sentences with this document's values.
  public let text: Wording
  public let fix: Wording
  /// `nil` if the problem is in no document: a setting cannot be used.
  public var place: Place?
  /// Name of the stage of the pipeline that reports it; empty outside of a stage.
  public var stage = ""

  public var code: String { rule.code }
  /// The value that the problem is about; the whole document if there is none.
  public var pointer: JSONPointer { place?.pointer ?? JSONPointer() }
  /// Offset in bytes from the start of the input.
  public var offset: Int { place?.offset ?? 0 }
  /// Whether its sentences differ from the rule's, so that they may quote the document.
  public var mayQuote: Bool { text != rule.text || fix != rule.fix }

  /// - Parameters:
  ///   - values: the values for the holes of the rule's sentences.
  ///   - fix: advice that fits this document better than the rule's; it may have holes too.
  ///   - severity: `nil` for the rule's own.
  public init(
    _ rule: Rule, _ values: KeyValuePairs<String, String> = [:], fix: Wording? = nil,
    severity: Rule.Severity? = nil, at place: Place? = nil
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    text = rule.text.filling(values)
    self.fix = (fix ?? rule.fix).filling(values)
    self.place = place
  }

  /// The problem with advice that fits this document better.
  package func advising(_ fix: Wording) -> Problem {
    var problem = Problem(rule, text: text, fix: fix, severity: severity, at: place ?? Place())
    problem.stage = stage
    return problem
  }

  /// Moves the place to where it is in a text that begins earlier.
  ///
  /// - Parameter count: the bytes that precede the text in which the problem was found.
  package func moved(behind count: Int) -> Problem {
    var moved = self
    moved.place?.offset? += count
    return moved
  }

  /// - Parameters:
  ///   - text: the rule's sentence, already with the document's values.
  ///   - fix: likewise.
  package init(
    _ rule: Rule, text: Wording, fix: Wording, severity: Rule.Severity? = nil, at place: Place
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.text = text
    self.fix = fix
    self.place = place
  }
}
