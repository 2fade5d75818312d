import TaskChecks
import TaskDefinitions

/// What options come to for every task definition that they hold for. It is shared: copies of so
/// many options would cost every document of a stream.
final class Recipe: Sendable {
  let plan: Plan
  let pipeline: Pipeline
  let selection: ContainerSelection

  /// - Parameter former: the Envoy that the document came with.
  init(_ options: InjectionOptions, former: FormerEnvoy? = nil) {
    plan = Plan(options: options, former: former)
    pipeline = Pipeline(plan)
    selection = options.selection
  }

  var options: InjectionOptions { plan.options }

  /// The recipe for a task that had an Envoy, which few documents of a stream have.
  func following(_ former: FormerEnvoy?) -> Recipe {
    guard let former else { return self }
    var options = options
    options.stand(for: former)
    return Recipe(options, former: former)
  }
}
