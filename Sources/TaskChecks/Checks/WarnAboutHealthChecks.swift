package import LosslessJSON
package import TaskDefinitions

/// Finds health checks that never run, because their command does not begin with a word that Docker
/// knows. Docker reports that only in the log of its daemon, and ECS registers the task definition.
///
/// - SeeAlso: <https://github.com/moby/moby/blob/master/daemon/health.go>
package struct WarnAboutHealthChecks: Check {
  package static let name = "warn-of-health-checks"
  package static let summary =
    "Warn about health checks that never run, because CMD or CMD-SHELL is missing"

  /// `NONE` switches the image's own check off.
  private static let words = ["CMD", "CMD-SHELL", "NONE"]

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers {
      guard let check = task.node(.healthCheck, of: container) else { continue }
      // The value of an intrinsic function is unknown until deployment.
      let word = task.list(.command, of: check).first
      guard let first = word.map(task.text) ?? "", !Self.words.contains(first),
        !first.isPlaceholder
      else { continue }
      findings.add(
        Self.healthCheckCommand, ["name": task.name(of: container), "word": first],
        at: task.node(.command, of: check) ?? check, in: task.document)
    }
  }
}

extension WarnAboutHealthChecks {
  package static let rules = [healthCheckCommand]

  private static let healthCheckCommand = Rule.warning(
    "health-check-command",
    "The health check of container '{name}' begins with '{word}' instead of CMD or CMD-SHELL, so it "
      + "never runs.",
    fix: #"Write ["CMD-SHELL", "one line for the shell"] or ["CMD", "program", "argument"]."#,
    see: Rule.Source.healthCheck)
}
