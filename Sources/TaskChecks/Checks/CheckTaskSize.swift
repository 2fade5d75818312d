package import LosslessJSON
package import TaskDefinitions

/// Refuses containers that do not fit their task, and sizes that Fargate does not have.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>
package struct CheckTaskSize: Check {
  package static let name = "check-task-size"
  package static let summary =
    "containers that do not fit the task, sizes that Fargate does not have"

  /// Fargate may get larger sizes, which the table does not have.
  private static let unknownCPU = 65536

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let (size, requirements) = (task.size, task.requirements)
    if requirements.exceeds(size) {
      findings.add(
        .taskTooSmall, ["needs": requirements.description, "size": size.description],
        at: task.sizePlace, in: task.document)
    }
    guard task.isFargate, let cpu = size.cpu, let memory = size.memory, cpu < Self.unknownCPU,
      TaskSize.fargate.first(where: { $0.cpu == cpu })?.memory.contains(memory) != true
    else { return }
    findings.add(
      .illegal(size, size.raised(to: requirements, onFargate: true)), at: task.sizePlace,
      in: task.document)
  }
}

/// Warns of containers whose memory limits together are more than the task has.
package struct WarnOfTaskSize: Check {
  package static let name = "warn-of-task-size"
  package static let summary = "warn of memory limits that together are more than the task has"

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let (size, needs) = (task.size, task.needs)
    guard needs.exceeds(size), !task.requirements.exceeds(size) else { return }
    findings.add(
      .memoryOvercommitted, ["needs": needs.description, "size": size.description],
      at: task.sizePlace, in: task.document)
  }
}

extension TaskDefinition {
  /// The value that a finding about the task's size is about.
  package var sizePlace: NodeID? { node(.memory) ?? node(.cpu) }
}

extension Rule {
  package static let taskTooSmall = error(
    "task-too-small",
    "The containers need {needs}, but the task has only {size}, so ECS refuses the task definition.",
    fix: "Give the task more cpu or memory, or its containers less.",
    see: "https://github.com/pulumi/pulumi-awsx/issues/1220")
  package static let memoryOvercommitted = warning(
    "memory-overcommitted",
    "The containers may use {needs} together, but the task has only {size}. ECS accepts that. A "
      + "container can be killed before it reaches its limit.",
    fix: "Give the task more memory, or lower the limits.", see: Source.fargateSizes)
}

extension Message {
  fileprivate static func illegal(_ size: TaskSize, _ next: TaskSize?) -> Self {
    Self(
      .illegalFargateSize, "Fargate has no task of \(size), so ECS would refuse it",
      fix: next.map { "give the task \($0.members)" })
  }
}
