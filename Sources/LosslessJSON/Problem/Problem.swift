/// A problem of a document, a mesh, a template or a setting, with its consequence, its fix and its place.
/// It is thrown if it prevents any result, and collected if all problems of a document are reported
/// together.
public struct Problem: Error, Hashable, Sendable {
  public let rule: Rule
  /// The rule's severity, or the severity that the user chose.
  public let severity: Rule.Severity
  /// The rule's sentences, filled with this document's values.
  public let text: Wording
  public let fix: Wording
  /// Lines for the reader to copy, which follow the fix.
  public var listing: [String] = []
  /// The place, or `nil` if the problem is not in a document but in a setting.
  public var place: Place?
  /// The name of the pipeline stage that reports the problem, or an empty text outside of a stage.
  public var stage = ""

  public var code: String { rule.code }
  /// The value with the problem, or the whole document if no value is known.
  public var pointer: JSONPointer { place?.pointer ?? JSONPointer() }
  /// Offset in bytes from the start of the input.
  public var offset: Int { place?.offset ?? 0 }
  /// Whether the sentences differ from the rule's sentences, so that they may quote the document.
  public var mayQuote: Bool { text != rule.text || fix != rule.fix }

  /// - Parameters:
  /// - values: the values for the holes in the rule's sentences.
  /// - fix: advice that fits this document better than the rule's fix. It may have holes too.
  /// - severity: the severity, or `nil` for the severity of the rule.
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

  /// The same problem with advice that fits this document better.
  package func advising(_ fix: Wording) -> Problem {
    var problem = Problem(rule, text: text, fix: fix, severity: severity, at: place ?? Place())
    problem.stage = stage
    return problem
  }

  /// The problem as an error, where the user asks for that.
  package var asError: Problem {
    var problem = Problem(rule, text: text, fix: fix, severity: .error, at: place ?? Place())
    problem.stage = stage
    return problem
  }

  /// The same problem, with its place relative to a text that begins earlier.
  ///
  /// - Parameter count: the number of bytes that precede the text in which the problem was found.
  package func moved(behind count: Int) -> Problem {
    var moved = self
    moved.place?.offset? += count
    return moved
  }

  /// - Parameters:
  /// - text: the rule's sentence, filled with the document's values.
  /// - fix: the rule's fix, filled with the document's values.
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
