import CloudFormation
import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Makes sure that the containers fit into the task.
///
/// If ECS would refuse to register the task, an error names a size that works. If only the sum of the limits
/// exceeds the task's size, a warning says so. A task that may be resized gets a size that holds all limits;
/// on Fargate this is the next legal pair of CPU and memory.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>
struct FitTaskSize: Filter {
  static let name = "fit-task-size"
  static let summary =
    "Refuse containers that do not fit the task, or raise the task's size if an option says so"

  let resizes: Bool

  func apply(to context: inout StageContext) {
    let size = TaskSize(
      cpu: amount(.cpu, TaskSize.cpuUnits, &context),
      memory: amount(.memory, TaskSize.mebibytes, &context))
    if context.findings.hasErrors { return }
    let (needs, requirements) = (context.task.needs, context.task.requirements)
    guard needs.exceeds(size) else { return }
    let isFixed = [Field.cpu, .memory].allSatisfy { context.task.isFixed($0) }
    let goal = size.raised(
      to: resizes ? needs : requirements, onFargate: context.task.isFargate)
    if resizes, isFixed, let goal {
      return raise(&context, from: size, to: goal, needs)
    }
    report(context.task, size, goal, isFixed, &context.findings)
  }

  /// Reports that the containers of a task that is not resized do not fit.
  private func report(
    _ task: TaskDefinition, _ size: TaskSize, _ goal: TaskSize?, _ isFixed: Bool,
    _ findings: inout Findings
  ) {
    let (needs, requirements) = (task.needs, task.requirements)
    guard requirements.exceeds(size) else {
      return findings.add(
        WarnAboutTaskSize.memoryOvercommitted,
        ["needs": needs.description, "size": size.description],
        fix: advice(task, size, size.raised(to: needs, onFargate: task.isFargate), isFixed),
        at: task.sizePlace, in: task.document)
    }
    guard let goal else {
      return findings.add(
        Self.taskTooLarge, ["needs": requirements.description], at: task.node(.memory),
        in: task.document)
    }
    findings.add(
      CheckTaskSize.taskTooSmall, ["needs": requirements.description, "size": size.description],
      fix: advice(task, size, goal, isFixed), at: task.sizePlace, in: task.document)
  }

  private func raise(
    _ context: inout StageContext, from size: TaskSize, to goal: TaskSize, _ needs: TaskSize
  ) {
    let reason = "All containers together need \(needs)."
    if let cpu = goal.cpu, cpu != size.cpu {
      context.set(.cpu, to: .string(String(cpu)), because: reason)
    }
    if let memory = goal.memory, memory != size.memory {
      context.set(.memory, to: .string(String(memory)), because: reason)
    }
  }

  private func amount(
    _ field: Field, _ read: (JSONValue) -> Int?, _ context: inout StageContext
  ) -> Int? {
    guard let node = context.task.node(field) else { return nil }
    let value =
      context.task.place.resolve(node, in: context.task.document) ?? context.task.value(node)
    if let amount = read(value) { return amount }
    // A value from outside of the template is unknown until deployment.
    if context.task.place.isIntrinsic(node, in: context.task.document) { return nil }
    context.report(
      Self.unreadableTaskSize, ["value": value.compactText, "field": field.spelling],
      fix: field == .cpu
        ? #"Write CPU units such as "256" or ".25 vCPU"."# : #"Write MiB such as "512" or "1 GB"."#,
      at: node)
    return nil
  }
}

extension FitTaskSize {
  /// The advice that makes the containers fit.
  ///
  /// - Parameters:
  /// - goal: the size that holds them, or `nil` if Fargate does not have one.
  /// - isFixed: whether the task's size is plain text rather than an intrinsic function.
  private func advice(
    _ task: TaskDefinition, _ size: TaskSize, _ goal: TaskSize?, _ isFixed: Bool
  ) -> Wording? {
    guard let goal else { return nil }
    let changed = [Field.cpu, .memory].filter { field in
      field == .cpu ? goal.cpu != size.cpu : goal.memory != size.memory
    }
    if isFixed {
      return "Give the task \(goal.members), or let \(.resize) do it. Or reserve less with "
        + "\(.envoyMemoryReservation)."
    }
    let parameters = changed.flatMap { task.parameters(of: $0, in: task.root) }
    let sharing = task.containers.filter { container in
      [Field.cpu, .memory, .memoryReservation].contains { field in
        task.parameters(of: field, in: container).contains(where: parameters.contains)
      }
    }
    guard let container = sharing.first else {
      return "Raise \(task.spelled(parameters, changed)) so that the task gets \(goal.members)."
    }
    let own: Wording =
      "give container '\(task.name(of: container))' a parameter of its own, because "
      + "\(task.spelled(parameters, changed)) sizes the task too"
    return goal.cpu == size.cpu
      ? "Reserve no memory for Envoy with \(.envoyMemoryReservation, "none"), or " + own + "."
      : "Leave \(.envoyCpu) out, or " + own + "."
  }
}

extension TaskDefinition {
  /// Whether a member is absent or a plain value, not an intrinsic function.
  fileprivate func isFixed(_ field: Field) -> Bool {
    node(field).map { !place.isIntrinsic($0, in: document) } ?? true
  }

  /// The template's parameters that a member refers to.
  fileprivate func parameters(of field: Field, in node: NodeID) -> [String] {
    self.node(field, of: node).map { document.value($0).references } ?? []
  }

  fileprivate func spelled(_ parameters: [String], _ fields: [Field]) -> String {
    var names: [String] = []
    for name in parameters where !names.contains(name) { names.append(name) }
    return names.isEmpty
      ? "the values behind " + fields.map(place.dialect.spelling).joined(separator: " and ")
      : "parameter " + names.joined(separator: " and ")
  }
}

extension JSONValue {
  /// The names in its `Ref` functions, without pseudo parameters.
  fileprivate var references: [String] {
    switch self {
    case .array(let elements): elements.flatMap(\.references)
    case .object(let members):
      members.flatMap { member -> [String] in
        guard member.name == Intrinsic.ref, let name = member.value.string else {
          return member.value.references
        }
        return name.hasPrefix("AWS::") ? [] : [name]
      }
    default: []
    }
  }
}

extension FitTaskSize {
  static let rules = [
    CheckTaskSize.taskTooSmall, WarnAboutTaskSize.memoryOvercommitted, taskTooLarge,
    unreadableTaskSize,
  ]

  private static let taskTooLarge = Rule.error(
    "task-too-large",
    "The containers need {needs} with Envoy, which is more than any Fargate task has.",
    fix: "Reserve less in the application's containers.", see: Rule.Source.fargateSizes)
  private static let unreadableTaskSize = Rule.error(
    "unreadable-task-size",
    "{value} is not an amount of {field}, so it is unknown whether the containers fit the task.",
    fix: #"Write CPU units such as "256" or ".25 vCPU", and MiB such as "512" or "1 GB"."#,
    see: Rule.Source.fargateSizes)
}
