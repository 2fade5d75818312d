import LosslessJSON
import TaskChecks
import TaskDefinitions

/// The stages that inject one task definition, in order. If one reports an error, no edit takes effect.
struct Pipeline: Sendable {
  let stages: [Stage]

  init(_ plan: Plan) {
    stages = Self.steps.filter { !plan.disabledFilters.contains($0.name) }
      .compactMap { $0.injects?(plan) }
  }

  /// Runs the stages. After an error only checks run on, to report everything at once.
  func run(_ context: inout StageContext) {
    for stage in stages {
      switch stage {
      case .check(let check):
        context.begin(type(of: check).name)
        check.check(context.task, &context.findings)
      case .contextCheck(let name, let make):
        context.begin(name)
        make(context).check(context.task, &context.findings)
      case .filter(let filter):
        if context.findings.hasErrors { continue }
        context.begin(type(of: filter).name)
        filter.apply(to: &context)
      }
    }
  }
}

extension Pipeline {
  /// A check only reports, a filter edits.
  enum Stage: Sendable {
    case check(any Check)
    /// A check that depends on the added containers and is created when it runs.
    case contextCheck(name: String, @Sendable (StageContext) -> any Check)
    case filter(any Filter)
  }

  /// An entry of the list: a stage, and the condition under which it runs.
  struct Step: Sendable {
    let name: String
    let summary: String
    /// Every rule that the stage can report. Only the catalogue reads them, so a run does not make them.
    var rules: [Rule] { declaredRules() }
    private let declaredRules: @Sendable () -> [Rule]
    /// Makes the stage for a plan that needs it. `nil` if the stage is part of reading a document or of removing
    /// an Envoy, and so does not depend on a plan.
    let injects: (@Sendable (Plan) -> Stage?)?

    init<F: Filter>(_ type: F.Type, _ make: @escaping @Sendable (Plan) -> F?) {
      name = F.name
      summary = F.summary
      declaredRules = { F.rules }
      injects = { make($0).map { .filter($0) } }
    }

    init<C: Check>(_ type: C.Type, _ make: @escaping @Sendable (Plan) -> C?) {
      name = C.name
      summary = C.summary
      declaredRules = { C.rules }
      injects = { make($0).map { .check($0) } }
    }

    /// Creates a step for a check that depends on the added or the served containers.
    init<C: Check>(
      _ type: C.Type, in make: @escaping @Sendable (Plan) -> (@Sendable (StageContext) -> C)?
    ) {
      name = C.name
      summary = C.summary
      declaredRules = { C.rules }
      injects = { [name] plan in
        make(plan).map { check in Stage.contextCheck(name: name) { check($0) } }
      }
    }

    /// Creates a step for a stage that runs in every command that reads documents.
    init<P: Preparation>(_ type: P.Type) {
      name = P.name
      summary = P.summary
      declaredRules = { P.rules }
      injects = nil
    }
  }
}

/// The public description of a stage.
public struct FilterDescription: Hashable, Sendable {
  public let name: String
  public let summary: String
  /// Whether a user can disable the stage.
  public let canBeDisabled: Bool

  /// Every stage, in the order in which they run.
  public static let all = Pipeline.steps.map {
    FilterDescription(name: $0.name, summary: $0.summary, canBeDisabled: $0.injects != nil)
  }
}
