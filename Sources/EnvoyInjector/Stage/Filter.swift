import LosslessJSON

/// One small, named stage that edits a task definition.
///
/// A filter owns the few settings it needs. It reads the task definition, edits and reports findings
/// through the context. A filter that is switched off is not in the list.
protocol Filter: Sendable {
  /// Kebab-case; the name in reports and in the setting that disables it. Never reused.
  static var name: String { get }
  /// What it does, as an imperative without a full stop.
  static var summary: String { get }

  /// Every rule that the filter can report. They are declared in the filter's own file.
  static var rules: [Rule] { get }

  func apply(to context: inout StageContext)
}

extension Filter {
  static var rules: [Rule] { [] }
}
