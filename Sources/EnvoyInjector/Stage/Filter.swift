import LosslessJSON

/// One small, named stage that edits a task definition.
///
/// A filter stores only the few settings that it needs. It reads the task definition, edits, and reports
/// findings through the context. A disabled filter is not in the list.
protocol Filter: Sendable {
  /// The name in reports and in the setting that disables the filter, in kebab case. Never reused.
  static var name: String { get }
  /// A summary of the filter, as an imperative without a full stop.
  static var summary: String { get }

  /// Every rule that the filter can report. They are declared in the filter's own file.
  static var rules: [Rule] { get }

  func apply(to context: inout StageContext)
}

extension Filter {
  static var rules: [Rule] { [] }
}
