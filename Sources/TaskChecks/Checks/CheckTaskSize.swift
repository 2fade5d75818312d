import LosslessJSON
package import TaskDefinitions

/// Containers that do not fit their task, and tasks that Fargate does not have.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>
package struct CheckTaskSize: Check {
  package static let name = "check-task-size"
  package static let summary =
    "containers that do not fit the task, sizes that Fargate does not have"

  /// From here on Fargate has sizes that are not in our table yet.
  private static let unknownCPU = 32768

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let (size, needs) = (task.size, task.needs)
    if needs.exceeds(size) {
      findings.add(.tooSmall(size, needs), at: place(task), in: task.document)
    }
    guard task.isFargate, let cpu = size.cpu, let memory = size.memory, cpu < Self.unknownCPU,
      TaskSize.fargate.first(where: { $0.cpu == cpu })?.memory.contains(memory) != true
    else { return }
    findings.add(
      .illegal(size, size.raised(to: needs, onFargate: true)), at: place(task), in: task.document)
  }

  private func place(_ task: TaskDefinition) -> NodeID? { task.node(.memory) ?? task.node(.cpu) }
}

extension Message {
  fileprivate static func tooSmall(_ size: TaskSize, _ needs: TaskSize) -> Self {
    Self(
      .taskTooSmall,
      "the containers need \(needs), but the task has only \(size), so ECS would refuse it")
  }
  fileprivate static func illegal(_ size: TaskSize, _ next: TaskSize?) -> Self {
    Self(
      .illegalFargateSize, "Fargate has no task of \(size), so ECS would refuse it",
      fix: next.map { "give the task \($0.members)" })
  }
}
