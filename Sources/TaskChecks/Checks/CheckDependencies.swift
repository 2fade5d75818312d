import LosslessJSON
package import TaskDefinitions

/// What `dependsOn` can't ask for.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html>
package struct CheckDependencies: Check {
  package static let name = "check-dependencies"
  package static let summary = "dependencies on nothing, on health without a check, in a circle"

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let dependencies = task.dependencies
    for (place, container) in dependencies.containers.enumerated() {
      for edge in dependencies.edges[place] {
        if let target = edge.target {
          check(
            edge.node, of: container, on: dependencies.containers[target], task, &findings)
        } else {
          let name = task.text(.containerName, of: edge.node) ?? ""
          findings.add(.unknown(task.name(of: container), name), at: edge.node, in: task.document)
        }
      }
      if dependencies.before(place).contains(place) {
        findings.add(.cycle(task.name(of: container)), at: container, in: task.document)
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
        .noHealthCheck(task.name(of: container), task.name(of: target)), at: dependency,
        in: task.document)
    }
    if DependencyCondition.ends.contains(condition), task.isEssential(target) {
      findings.add(
        .essential(task.name(of: container), task.name(of: target)), at: dependency,
        in: task.document)
    }
  }
}

extension Message {
  fileprivate static func unknown(_ name: String, _ target: String) -> Self {
    Self(
      .unknownDependency,
      "container '\(name)' waits for '\(target)', which the task does not have, "
        + "so ECS would refuse the task definition")
  }
  fileprivate static func noHealthCheck(_ name: String, _ target: String) -> Self {
    Self(
      .noHealthCheck,
      "container '\(name)' waits until '\(target)' is healthy, "
        + "but '\(target)' has no health check")
  }
  fileprivate static func essential(_ name: String, _ target: String) -> Self {
    Self(
      .essentialCompletes,
      "container '\(name)' waits for the end of '\(target)', which is essential: "
        + "the whole task ends with it")
  }
  fileprivate static func cycle(_ name: String) -> Self {
    Self(.dependencyCycle, "container '\(name)' waits for itself, over its dependencies")
  }
}
