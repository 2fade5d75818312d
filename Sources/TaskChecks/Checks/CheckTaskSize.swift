package import LosslessJSON
package import TaskDefinitions

/// Finds containers that do not fit their task, and sizes that Fargate does not have.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>
package struct CheckTaskSize: Check {
  package static let name = "check-task-size"
  package static let summary =
    "Find containers that do not fit the task, and sizes that Fargate does not have"

  /// CPU units. Fargate may get larger sizes, which the table does not have.
  private static let unknownCPU = 65536

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let (size, requirements) = (task.size, task.requirements)
    if requirements.exceeds(size) {
      findings.add(
        Self.taskTooSmall, ["needs": requirements.description, "size": size.description],
        at: task.sizePlace, in: task.document)
    }
    guard task.isFargate, let cpu = size.cpu, let memory = size.memory, cpu < Self.unknownCPU,
      TaskSize.fargate.first(where: { $0.cpu == cpu })?.memory.contains(memory) != true
    else { return }
    let legal = size.raised(to: requirements, onFargate: true)
    findings.add(
      Self.illegalFargateSize, ["size": size.description],
      fix: legal.map { "Give the task \($0.members)." }, at: task.sizePlace, in: task.document)
  }
}

/// Finds containers whose memory limits add up to more than the task has.
package struct WarnAboutTaskSize: Check {
  package static let name = "warn-of-task-size"
  package static let summary = "Warn about memory limits that together are more than the task has"

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let (size, needs) = (task.size, task.needs)
    guard needs.exceeds(size), !task.requirements.exceeds(size) else { return }
    findings.add(
      Self.memoryOvercommitted, ["needs": needs.description, "size": size.description],
      at: task.sizePlace, in: task.document)
  }
}

extension TaskDefinition {
  /// The value that a finding about the task's size is about.
  package var sizePlace: NodeID? { node(.memory) ?? node(.cpu) }
}

extension CheckTaskSize {
  package static let rules = [taskTooSmall, illegalFargateSize]

  package static let taskTooSmall = Rule.error(
    "task-too-small",
    "The containers need {needs}, but the task has only {size}, so ECS refuses the task definition.",
    fix: "Give the task more cpu or memory, or its containers less.",
    see: "https://github.com/pulumi/pulumi-awsx/issues/1220")
  private static let illegalFargateSize = Rule.error(
    "illegal-fargate-size",
    "Fargate has no task of {size}, so ECS refuses the task definition.",
    fix: "Use a combination of cpu and memory that Fargate has.", see: Rule.Source.fargateSizes)
}

extension WarnAboutTaskSize {
  package static let rules = [memoryOvercommitted]

  package static let memoryOvercommitted = Rule.warning(
    "memory-overcommitted",
    "The containers may use {needs} together, but the task has only {size}. ECS accepts that. A "
      + "container can be killed before it reaches its limit.",
    fix: "Give the task more memory, or lower the limits.", see: Rule.Source.fargateSizes)
}
