public import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The result of an injection or its removal for one document.
public struct Injection: Hashable, Sendable {
  public enum Outcome: String, Hashable, Sendable {
    case injected
    /// A task definition was made: a gateway's.
    case made
    /// It was injected before, and would not change.
    case upToDate
    /// It would come out as it is, because a filter that marks it or redirects its traffic is
    /// disabled.
    case incomplete
    /// A label of the document forbids it.
    case optedOut
    /// It is a template without a task definition, and comes out as it is.
    case noTaskDefinition
    /// Envoy was taken out.
    case uninjected
    /// There was nothing of ours to take out.
    case notInjected
  }

  public let outcome: Outcome
  /// The document's bytes.
  public let output: [UInt8]
  /// The findings that are no errors.
  public let warnings: [Problem]
  /// The task definition's family, for the report.
  public let family: String?
  /// The document as it was read, and with what was taken out of it before Envoy was added.
  package let read: Document
  /// The record of the changes; `nil` if there are none.
  let record: InjectionRecord?

  /// From the input to ``output``, in order; empty when nothing changed.
  public var edits: [Edit] {
    outcome == .upToDate || outcome == .incomplete ? [] : record?.edits ?? []
  }
  /// What was injected, for the report: such as `app-mesh`, the image, `2 app ports`.
  public var facts: [String] { record?.facts ?? [] }
  /// What docker labels changed, task by task; tasks without such labels are left out.
  public var labelEffects: [LabelEffect] { record?.labelEffects ?? [] }
  /// The Envoy configuration that was embedded, as JSON text; `nil` where its agent makes it.
  public var bootstrap: String? { record?.bootstrap }

  public static func == (left: Injection, right: Injection) -> Bool {
    left.outcome == right.outcome && left.output == right.output
      && left.warnings == right.warnings && left.family == right.family
      && left.edits == right.edits && left.facts == right.facts
      && left.bootstrap == right.bootstrap
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(outcome)
    hasher.combine(output)
  }
}
