public import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// The result of an injection or its removal for one document.
public struct Injection: Hashable, Sendable {
  public enum Outcome: String, Hashable, Sendable {
    case injected
    /// The task definition of a gateway was made.
    case made
    /// The document was already injected, and did not change.
    case upToDate
    /// The document did not change, but a filter that marks it or redirects its traffic is disabled.
    case incomplete
    /// A label in the document forbids injection.
    case optedOut
    /// A template without a task definition, printed unchanged.
    case noTaskDefinition
    /// Envoy was removed.
    case uninjected
    /// There was no Envoy of ours to remove.
    case notInjected
  }

  public let outcome: Outcome
  /// The text of the resulting document.
  public private(set) var text: PrintedText
  /// The findings that are not errors.
  public private(set) var warnings: [Problem]
  /// The task definition's family, for the report.
  public let family: String?
  /// The document after reading it and removing an earlier Envoy, before Envoy was added.
  package let read: Document
  /// The record of the changes, or `nil` if there are none.
  let record: InjectionRecord?

  /// The bytes of the resulting document.
  public var output: [UInt8] { text.bytes }
  /// The edits that turn the input into ``output``, in order. Empty if nothing changed.
  public var edits: [Edit] {
    outcome == .upToDate || outcome == .incomplete ? [] : record?.edits ?? []
  }
  /// Facts about the injection for the report, such as `app-mesh`, the image, `2 app ports`.
  public var facts: [String] { record?.facts ?? [] }
  /// The effects of docker labels on each task. Tasks without such labels are left out.
  public var labelEffects: [LabelEffect] { record?.labelEffects ?? [] }
  /// The embedded Envoy configuration as JSON text, or `nil` if an agent generates it.
  public var bootstrap: String? { record?.bootstrap }

  /// The same result with the output in memory. Use it to read ``output`` of a large document more than once.
  public var keepingOutput: Injection {
    var injection = self
    injection.text = PrintedText(output)
    return injection
  }

  /// The result without warnings of these rules.
  public func suppressing(_ codes: [String]) -> Injection {
    guard !codes.isEmpty else { return self }
    var injection = self
    injection.warnings.removeAll { codes.contains($0.code) }
    return injection
  }

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
