import LosslessJSON

/// What `dependsOn` can't ask for.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html>
struct CheckDependencies: Requirement {
  static let name = "check-dependencies"
  static let summary = "dependencies on nothing, on health without a check, in a circle"

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for container in task.containers {
      for dependency in task.list(.dependsOn, of: container) {
        guard let name = task.text(.containerName, of: dependency) else { continue }
        if let target = task.container(named: name) {
          check(dependency, of: container, on: target, task, &findings)
        } else {
          findings.add(
            .unknown(task.name(of: container), name), at: dependency, in: task.document)
        }
      }
      if task.dependencies(of: container).contains(container) {
        findings.add(.cycle(task.name(of: container)), at: container, in: task.document)
      }
    }
  }

  private func check(
    _ dependency: NodeID, of container: NodeID, on target: NodeID, _ task: TaskDefinition,
    _ findings: inout Findings
  ) {
    let names = (task.name(of: container), task.name(of: target))
    let condition = task.text(.condition, of: dependency) ?? ""
    if condition == DependencyCondition.healthy, task.node(.healthCheck, of: target) == nil {
      findings.add(.noHealthCheck(names), at: dependency, in: task.document)
    }
    if DependencyCondition.ends.contains(condition), task.isEssential(target) {
      findings.add(.essential(names), at: dependency, in: task.document)
    }
  }
}

extension Finding.Message {
  fileprivate static func unknown(_ name: String, _ target: String) -> Self {
    Self(
      .unknownDependency,
      "container '\(name)' waits for '\(target)', which the task does not have, "
        + "so ECS would refuse the task definition")
  }
  fileprivate static func noHealthCheck(_ names: (String, String)) -> Self {
    Self(
      .noHealthCheck,
      "container '\(names.0)' waits until '\(names.1)' is healthy, "
        + "but '\(names.1)' has no health check")
  }
  fileprivate static func essential(_ names: (String, String)) -> Self {
    Self(
      .essentialCompletes,
      "container '\(names.0)' waits for the end of '\(names.1)', which is essential: "
        + "the whole task ends with it")
  }
  fileprivate static func cycle(_ name: String) -> Self {
    Self(.dependencyCycle, "container '\(name)' waits for itself, over its dependencies")
  }
}
