import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Starts Envoy after its tracing daemon, and stops it before: its last spans still arrive.
struct WaitForTracingDaemon: Filter {
  static let name = "wait-for-tracing-daemon"
  static let summary = "let Envoy wait until its tracing daemon has started"

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    guard let envoy = task.envoy, let daemon = task.tracingDaemon else { return }
    task.append(
      .dependency(on: task.name(of: daemon), DependencyCondition.start), to: .dependsOn, in: envoy,
      because: "Envoy's first spans need a listener")
  }
}
