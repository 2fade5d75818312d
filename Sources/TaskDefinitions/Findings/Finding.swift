public import LosslessJSON

/// A problem in a task definition, or in what was asked for it: where, what, what follows from it,
/// and how to fix it.
public struct Finding: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    /// The document is injected; somebody should look at this.
    case warning
    /// The document is refused.
    case error
  }

  /// What a finding says. A message without a rule and a fix can't be built.
  public struct Message: Hashable, Sendable {
    /// Which entry of the catalogue this is.
    public let rule: FindingRule
    /// What is wrong and what follows: one sentence without a full stop.
    public let text: String
    /// What to do about it, as an imperative without a full stop.
    public let fix: String

    /// Stable name in kebab-case: what `--suppress` takes.
    public var code: String { rule.code }
    /// Whether it says more than the rule: something of the document can stand in it.
    public var mayQuote: Bool { text != rule.reason || fix != rule.fix }

    /// Says what the rule says.
    package init(_ rule: FindingRule) { self.init(rule, rule.reason) }

    /// - Parameter fix: where this document knows better than the rule.
    package init(_ rule: FindingRule, _ text: String, fix: String? = nil) {
      self.rule = rule
      self.text = text
      self.fix = fix ?? rule.fix
    }
  }

  public let severity: Severity
  public let message: Message
  /// Where in the document the finding is.
  public package(set) var pointer: JSONPointer
  /// Offset in bytes of that place in the document's input.
  public package(set) var offset: Int
  /// The filter that found it; empty for what is found before any filter runs.
  public package(set) var filter = ""
}

extension Finding {
  /// A finding about a text that could not be read as a task definition.
  package init(_ message: Message, at offset: Int) {
    self.init(
      severity: message.rule.severity, message: message, pointer: JSONPointer(), offset: offset)
  }
}

/// The findings of one document, in the order in which they were made.
package struct Findings {
  package private(set) var all: [Finding] = []
  /// Name of the filter at work.
  package var filter = ""

  /// Asked for before every filter, for every task definition of a template.
  package private(set) var hasErrors = false

  package init() {}

  /// - Parameters:
  ///   - severity: where the user asks for another than the rule's.
  ///   - node: the value that the finding is about; `nil`: the whole document.
  package mutating func add(
    _ message: Finding.Message, _ severity: Finding.Severity? = nil, at node: NodeID? = nil,
    in document: Document
  ) {
    let node = node ?? document.root
    let severity = severity ?? message.rule.severity
    hasErrors = hasErrors || severity == .error
    all.append(
      Finding(
        severity: severity, message: message,
        pointer: document.pointer(to: node), offset: document.offset(of: node), filter: filter))
  }
}
