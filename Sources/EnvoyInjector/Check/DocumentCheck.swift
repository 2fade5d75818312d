public import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The result of `check` for one document.
public struct DocumentCheck: Hashable, Sendable {
  /// The state of the document with regard to injection.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Injected, and inject would not change it.
    case current
    /// Injected, but with other options or by another version of this tool.
    case outdated
    /// Inject would not change it, but a filter that marks it or redirects its traffic is disabled.
    case incomplete
    /// Not injected, but could be.
    case notInjected = "not-injected"
    /// A label in the document forbids injection.
    case optedOut = "opted-out"
    /// It has an Envoy that this tool did not add.
    case foreign
    /// It is a gateway that this tool made. Inject adds nothing to a gateway.
    case gateway
    /// It is a template without a task definition.
    case noTaskDefinition = "no-task-definition"
    /// Inject rejects it.
    case notInjectable = "not-injectable"
  }

  public let state: State
  /// The task definition's family, for the report.
  public let family: String?
  /// The findings of the lints, in the order of the lints.
  public internal(set) var findings: [Problem]
  /// The reasons why inject rejects the document.
  public let obstacles: [Problem]

  /// Whether inject would print a different document.
  public var wouldChange: Bool { state == .outdated || state == .notInjected }

  /// The result without findings of these rules.
  public func suppressing(_ codes: [String]) -> DocumentCheck {
    var check = self
    check.findings.removeAll { codes.contains($0.code) }
    return check
  }
}
