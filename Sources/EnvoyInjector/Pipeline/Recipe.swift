import TaskChecks
import TaskDefinitions

/// The pipeline that is derived from one set of options. A class, so that a stream shares one
/// instance instead of building it for every document.
final class Recipe: Sendable {
  let plan: Plan
  let pipeline: Pipeline
  let selection: ContainerSelection

  /// - Parameter former: the Envoy in the document before any edit.
  init(_ options: InjectionOptions, former: FormerEnvoy? = nil) {
    plan = Plan(options: options, former: former)
    pipeline = Pipeline(plan)
    selection = options.selection
  }

  var options: InjectionOptions { plan.options }

  /// The recipe for a task that had an Envoy. Few documents of a stream need one.
  func following(_ former: FormerEnvoy?) -> Recipe {
    guard let former else { return self }
    var options = options
    options.stand(for: former)
    return Recipe(options, former: former)
  }
}
