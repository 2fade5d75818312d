import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Starts the application containers when Envoy is healthy, and so stops them before it.
///
/// From the start of the task all outgoing TCP goes to Envoy's port, so what runs before Envoy
/// listens has no network: init containers wait as well. Exempt are only the containers for which
/// Envoy itself waits, tracing daemons, and the log router, through which Envoy may log.
struct WaitForEnvoy: Filter {
  static let name = "wait-for-envoy"
  static let summary = "let the application containers wait until Envoy is healthy"

  private let dependency: PreparedElement

  init(containerName: String) {
    dependency = PreparedElement(.dependency(on: containerName, DependencyCondition.healthy))
  }

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy else { return }
    let before = context.task.dependencies(of: envoy)
    for container in context.applications where !before.contains(container) {
      context.append(
        dependency, to: .dependsOn, in: container,
        because: "The container has no network until Envoy listens.")
    }
  }
}
