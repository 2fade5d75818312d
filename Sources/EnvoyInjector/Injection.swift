public import LosslessJSON

/// What became of one document.
public struct Injection: Hashable, Sendable {
  public enum Outcome: String, Hashable, Sendable {
    case injected
    /// A task definition was made: a gateway's.
    case made
    /// It was injected before, and would come out the same.
    case upToDate
    /// A label of the document forbids it.
    case optedOut
    /// Envoy was taken out.
    case uninjected
    /// There was nothing of ours to take out.
    case notInjected
  }

  public let outcome: Outcome
  /// The document's bytes.
  public let output: [UInt8]
  /// From the input to ``output``, in order; empty when nothing changed.
  public let edits: [Edit]
  /// The findings that are no errors.
  public let warnings: [Finding]
  /// The task definition's family, for the report.
  public let family: String?
  /// What was injected, for the report: such as `app-mesh`, the image, `2 app ports`.
  public let facts: [String]
  /// The Envoy configuration that was embedded, as JSON text; `nil` where its agent makes it.
  public let bootstrap: String?
}

/// Why a document is not injected.
public enum InjectionError: Error, Hashable, Sendable {
  /// It is not strict JSON.
  case syntax(SyntaxError)
  /// At least one of the findings is an error.
  case refused([Finding])
  /// An option, or a label of the document, can't be used.
  case options(OptionError)
}
