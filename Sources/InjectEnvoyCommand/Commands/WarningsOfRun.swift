import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// The warnings about the run itself that were already reported. Each is reported once, not for every
/// document.
struct WarningsOfRun: Sendable {
  /// An array, because few rules are about the run.
  private var said: [Rule] = []

  /// Records the remark's rule.
  ///
  /// - Returns: `false` if an earlier document, or another task of this one, led to the same warning.
  mutating func isNew(_ remark: Remark) -> Bool {
    guard let rule = remark.ofRun else { return true }
    if said.contains(rule) { return false }
    said.append(rule)
    return true
  }

  /// A document's warnings without those that were already reported.
  func unsaid(of warnings: [Problem]) -> [Problem] {
    warnings.filter { !$0.rule.isOfRun || !said.contains($0.rule) }
  }
}
