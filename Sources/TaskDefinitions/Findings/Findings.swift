package import LosslessJSON

/// The problems of one document, in the order in which they were found.
package struct Findings {
  package private(set) var all: [Problem] = []
  /// Name of the stage at work.
  package var stage = ""

  /// Asked for before every stage, for every task definition of a template.
  package private(set) var hasErrors = false

  package init() {}

  /// Reports a problem with the rule's sentences.
  ///
  /// - Parameters:
  ///   - values: what stands in the holes of the rule's sentences.
  ///   - fix: advice that fits this document better than the rule's.
  ///   - severity: `nil` for the rule's own.
  ///   - node: the value that the problem is about; `nil` for the whole document.
  package mutating func add(
    _ rule: Rule, _ values: KeyValuePairs<String, String> = [:], fix: Wording? = nil,
    severity: Rule.Severity? = nil, at node: NodeID? = nil, in document: Document
  ) {
    add(
      Problem(
        rule, values, fix: fix, severity: severity,
        at: Self.place(of: node ?? document.root, in: document)))
  }

  package mutating func add(
    _ message: Message, _ severity: Rule.Severity? = nil, at node: NodeID? = nil,
    in document: Document
  ) {
    add(
      Problem(
        message.rule, text: message.text, fix: message.fix, severity: severity,
        at: Self.place(of: node ?? document.root, in: document)))
  }

  /// Adds what was found in another part of the document.
  package mutating func add(_ others: Findings) {
    hasErrors = hasErrors || others.hasErrors
    all += others.all
  }

  /// What a refused document is reported with. Warnings speak of what would have come out.
  package var errors: Findings {
    var errors = self
    errors.all.removeAll { $0.severity != .error }
    return errors
  }

  private mutating func add(_ problem: Problem) {
    var problem = problem
    problem.stage = stage
    hasErrors = hasErrors || problem.severity == .error
    all.append(problem)
  }

  private static func place(of node: NodeID, in document: Document) -> Place {
    Place(pointer: document.pointer(to: node), offset: document.offset(of: node))
  }
}

/// A rule with the sentences for one document.
package struct Message: Hashable, Sendable {
  package let rule: Rule
  package let text: Wording
  package let fix: Wording

  /// Says what the rule says.
  package init(_ rule: Rule) { self.init(rule, rule.text) }

  /// - Parameter fix: advice that fits this document better than the rule's.
  package init(_ rule: Rule, _ text: Wording, fix: Wording? = nil) {
    self.rule = rule
    self.text = text
    self.fix = fix ?? rule.fix
  }
}

extension Problem {
  /// - Parameter offset: in bytes, from the start of the input.
  package init(_ message: Message, at offset: Int) {
    self.init(message.rule, text: message.text, fix: message.fix, at: Place(offset: offset))
  }
}
