import EnvoyInjector

/// What was said already of the run itself: once is enough for all of its documents.
struct WarningsOfRun {
  private var said: Set<Rule> = []

  /// A document's warnings without those that another document, or another of its own tasks, had
  /// for the same reason.
  mutating func unsaid(of warnings: [Finding]) -> [Finding] {
    warnings.filter { warning in
      let rule = warning.message.rule
      return !rule.isOfRun || said.insert(rule).inserted
    }
  }
}
