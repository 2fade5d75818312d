/// A measurement beside the goal for it.
struct Goal {
  let subject: String
  let measured: Double
  let bound: Bound

  enum Bound {
    case atMost(Double)
    case atLeast(Double)
  }

  init(_ subject: String, _ measured: Double, _ bound: Bound) {
    self.subject = subject
    self.measured = measured
    self.bound = bound
  }

  private var isReached: Bool {
    switch bound {
    case .atMost(let limit): measured <= limit
    case .atLeast(let limit): measured >= limit
    }
  }

  private var row: String {
    let limit =
      switch bound {
      case .atMost(let limit): "at most \(limit.short)"
      case .atLeast(let limit): "at least \(limit.short)"
      }
    return "| \(subject) | \(measured.short) | \(limit) | \(isReached ? "yes" : "no") |"
  }

  static func print(_ goals: [Goal]) {
    Swift.print("\nGoals\n\n| goal | measured | limit | reached |\n|---|---|---|---|")
    for goal in goals { Swift.print(goal.row) }
  }
}
