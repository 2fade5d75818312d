import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Starts the application containers once Envoy is healthy, and so also stops them before Envoy.
///
/// From the start of the task, all outgoing TCP traffic goes to Envoy's port. A container that runs before
/// Envoy listens has no network, so init containers wait as well. The only exceptions are the containers that
/// Envoy itself waits for, tracing daemons, and the log router, which Envoy may use for its own log.
struct WaitForEnvoy: Filter {
  static let name = "wait-for-envoy"
  static let summary = "Let the application containers wait until Envoy is healthy"

  private let dependency: PreparedElement

  init(containerName: String) {
    dependency = PreparedElement(.dependency(on: containerName, DependencyCondition.healthy))
  }

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    let before = context.task.dependencies(of: envoy)
    if context.task.place.values != nil { warnOfTransforms(&context) }
    for container in context.applications where !before.contains(container) {
      context.append(
        dependency, to: .dependsOn, in: container,
        because: "The container has no network until Envoy listens.")
    }
  }

  private func warnOfTransforms(_ context: inout StageContext) {
    for (transform, node) in TemplateTransform.all(in: context.task.document) {
      context.report(
        Self.transformedDependencies,
        ["transform": transform.rawValue, "name": context.task.place.resource ?? ""], at: node)
    }
  }
}

extension WaitForEnvoy {
  static let rules = [transformedDependencies]

  /// The same is reported of the transform for blue/green deployments:
  /// <https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/680>.
  private static let transformedDependencies = Rule.warning(
    "transformed-dependencies",
    "The containers of '{name}' get DependsOn. The transform {transform} is reported to fail on "
      + "templates whose containers have it.",
    fix:
      "If it fails, move '{name}' to a nested stack without the transform, or leave DependsOn out "
      + "with \(.disableFilter, Self.name).",
    see: "https://github.com/aws-cloudformation/cfn-language-discussion/issues/160")
}
