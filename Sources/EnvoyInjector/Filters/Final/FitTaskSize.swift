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
  /// Values that the user gives to parameters of a template.
  var given = GivenValues()

  func apply(to context: inout StageContext) {
    let size = TaskSize(
      cpu: amount(.cpu, TaskSize.cpuUnits, &context),
      memory: amount(.memory, TaskSize.mebibytes, &context))
    if context.findings.hasErrors { return }
    let (needs, isFargate) = (context.task.needs, context.task.isFargate)
    guard needs.exceeds(size) else { return }
    let sources = SizeSources(context.task, size, given: given)
    if resizes, let goal = size.raised(to: needs, onFargate: isFargate, among: sources.choices),
      raise(&context, from: size, to: goal, sources)
    {
      return
    }
    report(context.task, size, sources, &context.findings)
  }

  /// Reports that the containers of a task that is not resized do not fit.
  private func report(
    _ task: TaskDefinition, _ size: TaskSize, _ sources: SizeSources, _ findings: inout Findings
  ) {
    let (needs, requirements) = (task.needs, task.requirements)
    let isRefused = requirements.exceeds(size)
    let goal = size.raised(
      to: resizes || !isRefused ? needs : requirements, onFargate: task.isFargate)
    let isResizable =
      sources.areEditable
      && size.raised(to: needs, onFargate: task.isFargate, among: sources.choices) != nil
    let advice = goal.map { goal in
      SizeAdvice(
        task: task, size: size, goal: goal, isResizable: isResizable && !resizes, given: given
      ).fix
    }
    guard isRefused else {
      return findings.add(
        WarnAboutTaskSize.memoryOvercommitted,
        ["needs": needs.description, "size": size.description], fix: advice, at: task.sizePlace,
        in: task.document)
    }
    guard goal != nil else {
      return findings.add(
        Self.taskTooLarge, ["needs": requirements.description], at: task.node(.memory),
        in: task.document)
    }
    findings.add(
      CheckTaskSize.taskTooSmall, ["needs": requirements.description, "size": size.description],
      fix: advice, at: task.sizePlace, in: task.document)
  }

  /// - Returns: whether all amounts that differ could be edited.
  private func raise(
    _ context: inout StageContext, from size: TaskSize, to goal: TaskSize, _ sources: SizeSources
  ) -> Bool {
    let reason = "All containers together need \(context.task.needs)."
    let changes = [(Field.cpu, size.cpu, goal.cpu), (.memory, size.memory, goal.memory)]
      .compactMap { field, old, new in new.flatMap { $0 == old ? nil : (field, $0) } }
    let edits = changes.map { field, amount in
      sources.edit(field, to: amount).map { (field: field, source: $0.source, value: $0.value) }
    }
    if edits.contains(where: { $0 == nil }) { return false }
    for edit in edits.compactMap({ $0 }) {
      guard edit.source != .member, let node = edit.source.node(of: edit.field, in: context.task)
      else {
        context.set(edit.field, to: edit.value, because: reason)
        continue
      }
      warn(of: edit.source, edit.field, edit.value.text ?? "", node, &context)
      context.task.document.replace(node, with: edit.value, because: context.reason(reason))
    }
    return true
  }

  /// Reports which stacks do not get the new size, although the template has it.
  private func warn(
    of source: SizeSource, _ field: Field, _ amount: String, _ node: NodeID,
    _ context: inout StageContext
  ) {
    if case .parameter(let name) = source {
      context.report(Self.resizedDefault, ["name": name, "amount": amount], at: node)
    } else if case .mapping(let map, _) = source, source.hasOtherEntries(in: context.task.document),
      let entry = source.entry(of: field, in: context.task)
    {
      context.report(
        Self.resizedEntry, ["map": map, "entry": entry, "needs": context.task.needs.description],
        at: node)
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
  static let rules = [
    CheckTaskSize.taskTooSmall, WarnAboutTaskSize.memoryOvercommitted, taskTooLarge,
    unreadableTaskSize, resizedDefault, resizedEntry,
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
  private static let resizedDefault = Rule.warning(
    "resized-default",
    "The default of parameter '{name}' is now {amount}. A stack that exists keeps the value that it "
      + "has.",
    fix: "Deploy it with {name}={amount}.",
    see:
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"
  )
  private static let resizedEntry = Rule.warning(
    "resized-entry",
    "Entry '{entry}' of mapping '{map}' got a larger size. Other entries keep theirs.",
    fix: "Give the other entries room for {needs} as well.", see: Rule.Source.fargateSizes)
}
