package import LosslessJSON
package import TaskDefinitions

/// One small, named judgement about a task definition. A check changes nothing.
///
/// Checks of the injection run even after errors, so that a user reads all problems of a document at
/// once.
package protocol Check: Sendable {
  /// Kebab-case; the name in reports and after `--disable-filter`. Never reused.
  static var name: String { get }
  /// What it does, as an imperative without a full stop.
  static var summary: String { get }
  /// Every rule that the check can report. They are declared in the check's own file.
  static var rules: [Rule] { get }

  func check(_ task: TaskDefinition, _ findings: inout Findings)
}
