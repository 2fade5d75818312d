import LosslessJSON
package import TaskDefinitions

/// Health checks that are never run: Docker knows only these words in front, and says so in a log
/// that nobody of the task sees. ECS registers the task definition all the same.
///
/// - SeeAlso: <https://github.com/moby/moby/blob/master/daemon/health.go>
package struct WarnOfHealthChecks: Check {
  package static let name = "warn-of-health-checks"
  package static let summary = "health checks that are never run, for want of CMD or CMD-SHELL"

  /// `NONE` switches off the check that the image brings.
  private static let words = ["CMD", "CMD-SHELL", "NONE"]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers {
      guard let check = task.node(.healthCheck, of: container) else { continue }
      // What a template's function will put there is not known yet.
      let word = task.list(.command, of: check).first
      guard let first = word.map(task.text) ?? "", !Self.words.contains(first),
        !first.isPlaceholder
      else { continue }
      findings.add(
        .command(task.name(of: container), first), at: task.node(.command, of: check) ?? check,
        in: task.document)
    }
  }
}

extension Message {
  fileprivate static func command(_ name: String, _ first: String) -> Self {
    Self(
      .healthCheckCommand,
      "the health check of container '\(name)' begins with '\(first)' instead of CMD or CMD-SHELL, "
        + "so it is never run")
  }
}
