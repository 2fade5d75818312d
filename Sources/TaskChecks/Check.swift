package import LosslessJSON
package import TaskDefinitions

/// A small, named stage that judges a task definition and changes nothing.
///
/// The injection runs its checks even after errors, so that a user sees all problems of a document at
/// once.
package protocol Check: Sendable {
  /// Kebab-case; the name in reports and in the setting that disables it. Never reused.
  static var name: String { get }
  /// A description as an imperative without a full stop.
  static var summary: String { get }
  /// Every rule that the check can report. They are declared in the check's own file.
  static var rules: [Rule] { get }

  func check(_ task: TaskDefinition, _ findings: inout Findings)
}
