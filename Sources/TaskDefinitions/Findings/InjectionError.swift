public import LosslessJSON

/// Why a document is not injected.
public enum InjectionError: Error, Hashable, Sendable {
  /// The document is not strict JSON: a problem of rule ``LosslessJSON/Rule/syntax``.
  case syntax(Problem)
  /// At least one of the findings is an error.
  case refused([Problem])
  /// An option or a label of the document cannot be used.
  case options(Problem)
}
