public import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The result of `check` for one document.
public struct DocumentCheck: Hashable, Sendable {
  /// The state of the document with regard to injection.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Injected, and inject would leave it as it is.
    case current
    /// Injected, but with other options or by another version.
    case outdated
    /// Inject would leave it as it is, because a filter that marks it or redirects its traffic is
    /// disabled.
    case incomplete
    /// Not injected, and can be.
    case notInjected = "not-injected"
    /// A label of the document forbids it.
    case optedOut = "opted-out"
    /// It has an Envoy that this tool did not add.
    case foreign
    /// It is a gateway that this tool made, into which nothing can be injected.
    case gateway
    /// It is a template without a task definition.
    case noTaskDefinition = "no-task-definition"
    /// Inject refuses it.
    case notInjectable = "not-injectable"
  }

  public let state: State
  /// The task definition's family, for the report.
  public let family: String?
  /// The findings of the lints, in the lints' order.
  public internal(set) var findings: [Problem]
  /// Why inject refuses the document.
  public let obstacles: [Problem]

  /// Whether inject would print something else.
  public var wouldChange: Bool { state == .outdated || state == .notInjected }

  /// The result without findings of these rules.
  public func suppressing(_ codes: [String]) -> DocumentCheck {
    var check = self
    check.findings.removeAll { codes.contains($0.code) }
    return check
  }
}
