import LosslessJSON

/// One small, named step of the pipeline.
///
/// A filter owns the few settings it needs, reads the task definition, makes its edits through it
/// and reports findings. A filter that is switched off is not in the list.
protocol Filter: Sendable {
  /// Kebab-case; the name in reports and after `--disable-filter`. Never reused.
  static var name: String { get }
  /// What it does, as an imperative without a full stop.
  static var summary: String { get }

  func apply(to task: inout TaskDefinition, _ findings: inout Findings)
}

/// A filter that only judges. Requirements run even after errors, so that a user reads all
/// problems of a document at once.
protocol Requirement: Filter {
  func check(_ task: TaskDefinition, _ findings: inout Findings)
}

extension Requirement {
  func apply(to task: inout TaskDefinition, _ findings: inout Findings) { check(task, &findings) }
}
