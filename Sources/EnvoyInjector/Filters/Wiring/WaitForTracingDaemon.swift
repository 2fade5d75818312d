import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Starts Envoy after its tracing daemon and stops it before the daemon, so that its last spans arrive.
struct WaitForTracingDaemon: Filter {
  static let name = "wait-for-tracing-daemon"
  static let summary = "Let Envoy wait until its tracing daemon has started"

  func apply(to context: inout StageContext) {
    guard let envoy = context.envoy, let daemon = context.tracingDaemon else { return }
    context.append(
      .dependency(on: context.task.name(of: daemon), DependencyCondition.start), to: .dependsOn,
      in: envoy,
      because: "Envoy's first spans are lost if the tracing daemon does not run yet.")
  }
}
