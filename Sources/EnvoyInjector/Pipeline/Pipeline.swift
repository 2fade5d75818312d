import LosslessJSON

/// The filters that one document runs through, in order: all of them or, on an error, none.
struct Pipeline: Sendable {
  let filters: [any Filter]

  init(_ plan: Plan) {
    filters = Self.steps.filter { !plan.disabledFilters.contains($0.name) }
      .compactMap { $0.make(plan) }
  }

  /// Runs the filters. After an error only requirements run on, to report everything at once.
  func run(on task: inout TaskDefinition, _ findings: inout Findings) {
    for filter in filters where !findings.hasErrors || filter is any Requirement {
      let name = type(of: filter).name
      task.filter = name
      task.noteContainers()
      findings.filter = name
      filter.apply(to: &task, &findings)
    }
  }
}

extension Pipeline {
  /// One line of the list: a filter, and when it takes part.
  struct Step: Sendable {
    let name: String
    let summary: String
    /// `nil`: this plan leaves the filter out.
    let make: @Sendable (Plan) -> (any Filter)?

    init<F: Filter>(_ type: F.Type, _ make: @escaping @Sendable (Plan) -> F?) {
      name = F.name
      summary = F.summary
      self.make = make
    }
  }
}

/// A filter as users see it.
public struct FilterDescription: Hashable, Sendable {
  public let name: String
  public let summary: String

  /// Every filter, in the order in which they run.
  public static let all = Pipeline.steps.map {
    FilterDescription(name: $0.name, summary: $0.summary)
  }
}
