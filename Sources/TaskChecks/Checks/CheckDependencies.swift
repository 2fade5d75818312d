package import LosslessJSON
package import TaskDefinitions

/// Finds dependencies that ECS refuses, and dependencies that never end.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html>
package struct CheckDependencies: Check {
  package static let name = "check-dependencies"
  package static let summary =
    "Find dependencies on nothing, on health without a health check, and in a circle"

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let dependencies = task.dependencies
    for (place, container) in dependencies.containers.enumerated() {
      for edge in dependencies.edges[place] {
        if let target = edge.target {
          check(
            edge.node, of: container, on: dependencies.containers[target], task, &findings)
        } else {
          let name = task.text(.containerName, of: edge.node) ?? ""
          findings.add(
            Self.unknownDependency, ["name": task.name(of: container), "target": name],
            at: edge.node, in: task.document)
        }
      }
      if dependencies.before(place).contains(place) {
        findings.add(
          Self.dependencyCycle, ["name": task.name(of: container)], at: container,
          in: task.document)
      }
    }
  }

  private func check(
    _ dependency: NodeID, of container: NodeID, on target: NodeID, _ task: TaskDefinition,
    _ findings: inout Findings
  ) {
    guard let condition = task.text(.condition, of: dependency) else { return }
    if condition == DependencyCondition.healthy, task.node(.healthCheck, of: target) == nil {
      findings.add(
        Self.noHealthCheck, ["name": task.name(of: container), "target": task.name(of: target)],
        at: dependency, in: task.document)
    }
    if DependencyCondition.ends.contains(condition), task.isEssential(target) {
      findings.add(
        Self.essentialCompletes,
        ["name": task.name(of: container), "target": task.name(of: target)], at: dependency,
        in: task.document)
    }
  }
}

extension CheckDependencies {
  package static let rules = [
    unknownDependency, noHealthCheck, essentialCompletes, dependencyCycle,
  ]

  private static let unknownDependency = Rule.error(
    "unknown-dependency",
    "Container '{name}' waits for '{target}', which the task does not have, so ECS refuses the task "
      + "definition.",
    fix: "Remove that element of dependsOn, or correct its containerName.",
    see: Rule.Source.dependency)
  private static let noHealthCheck = Rule.error(
    "no-health-check",
    "Container '{name}' waits until '{target}' is HEALTHY, but '{target}' has no healthCheck. The "
      + "HEALTHCHECK of its image does not count.",
    fix: "Add a healthCheck to '{target}', or wait for START.", see: Rule.Source.dependency)
  private static let essentialCompletes = Rule.error(
    "essential-completes",
    "Container '{name}' waits until '{target}' has ended, but '{target}' is essential, so the whole "
      + "task ends with it.",
    fix: #"Set "essential": false on '{target}'."#, see: Rule.Source.dependency)
  private static let dependencyCycle = Rule.error(
    "dependency-cycle",
    "Container '{name}' waits for itself through its dependencies, so it never starts.",
    fix: "Break the cycle in dependsOn: Envoy waits for its tracing daemon, applications wait for "
      + "Envoy.", see: Rule.Source.dependency)
}
