import EnvoyInjector
import LosslessJSON
import TaskDefinitions

/// What was said already of the run itself: once is enough for all of its documents.
struct WarningsOfRun: Sendable {
  /// Few rules are of this kind.
  private var said: [Rule] = []

  /// - Returns: whether the remark is to be said: another document, or another task of the same, can
  ///   have led to it before.
  mutating func isNew(_ remark: Remark) -> Bool {
    guard let rule = remark.ofRun else { return true }
    if said.contains(rule) { return false }
    said.append(rule)
    return true
  }

  /// A document's warnings without those that were said already.
  func unsaid(of warnings: [Problem]) -> [Problem] {
    warnings.filter { !$0.rule.isOfRun || !said.contains($0.rule) }
  }
}
