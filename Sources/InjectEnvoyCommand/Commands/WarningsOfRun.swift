import EnvoyInjector

/// What was said already of the run itself: once is enough for all of its documents.
struct WarningsOfRun: Sendable {
  private var said: Set<Rule> = []

  /// - Returns: whether the remark is to be said: another document, or another task of the same, can
  ///   have led to it before.
  mutating func isNew(_ remark: Remark) -> Bool {
    remark.ofRun.map { said.insert($0).inserted } ?? true
  }

  /// A document's warnings without those that were said already.
  func unsaid(of warnings: [Finding]) -> [Finding] {
    warnings.filter { !said.contains($0.message.rule) }
  }
}
