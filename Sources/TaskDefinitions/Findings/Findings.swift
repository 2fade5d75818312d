package import LosslessJSON

/// The problems of one document, in the order in which they were found.
package struct Findings {
  package private(set) var all: [Problem] = []
  /// The name of the running stage.
  package var stage = ""

  /// Stored, because it is read before every stage for every task definition.
  package private(set) var hasErrors = false

  package init() {}

  /// Reports a problem with the sentences of its rule.
  ///
  /// - Parameters:
  ///   - values: the values for the holes of the rule's sentences.
  ///   - fix: advice that fits this document better than the rule's fix.
  ///   - severity: `nil` for the rule's severity.
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

  /// Reports a problem that another library found, at a place of this document.
  package mutating func add(_ problem: Problem, at node: NodeID?, in document: Document) {
    var problem = problem
    problem.place = Self.place(of: node ?? document.root, in: document)
    add(problem)
  }

  /// Adds the findings of another part of the document.
  package mutating func add(_ others: Findings) {
    hasErrors = hasErrors || others.hasErrors
    all += others.all
  }

  /// The findings that are reported for a refused document. Warnings describe an output that was not
  /// printed.
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
