import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Sees that the containers fit the task: the sum of their memory and cpu against the task's own.
///
/// What does not fit is an error that names the size which would do; with `--resize` the task gets
/// that size: on Fargate the next legal pair.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>
struct FitTaskSize: Filter {
  static let name = "fit-task-size"
  static let summary = "check that all containers fit the task; raise its size if that is asked for"

  let resizes: Bool

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    let size = TaskSize(
      cpu: amount(.cpu, TaskSize.cpuUnits, task, &findings),
      memory: amount(.memory, TaskSize.mebibytes, task, &findings))
    if findings.hasErrors { return }
    let needs = task.needs
    guard needs.exceeds(size) else { return }
    guard let fitting = size.raised(to: needs, onFargate: task.isFargate) else {
      return findings.add(.noFargateSize(needs), at: task.node(.memory), in: task.document)
    }
    let functions = [Field.cpu, .memory].compactMap { task.node($0) }
      .filter { task.place.isIntrinsic($0, in: task.document) }
    guard resizes, functions.isEmpty else {
      let texts = functions.map { task.document.value($0).compactText }
      return findings.add(
        .tooSmall(size, needs, fitting, texts), at: task.node(.memory) ?? task.node(.cpu),
        in: task.document)
    }
    let reason = "all containers together need \(needs)"
    if let cpu = fitting.cpu, cpu != size.cpu {
      task.set(.cpu, to: .string(String(cpu)), because: reason)
    }
    if let memory = fitting.memory, memory != size.memory {
      task.set(.memory, to: .string(String(memory)), because: reason)
    }
  }

  private func amount(
    _ field: Field, _ read: (JSONValue) -> Int?, _ task: TaskDefinition,
    _ findings: inout Findings
  ) -> Int? {
    guard let node = task.node(field) else { return nil }
    let value = task.place.resolve(node, in: task.document) ?? task.value(node)
    if let amount = read(value) { return amount }
    // What is decided outside of the template can't be checked.
    if task.place.isIntrinsic(node, in: task.document) { return nil }
    findings.add(.unreadable(field, value), at: node, in: task.document)
    return nil
  }
}

extension Message {
  fileprivate static func unreadable(_ field: Field, _ value: JSONValue) -> Self {
    Self(
      .unreadableTaskSize,
      "\(value.compactText) is no amount of \(field.rawValue), "
        + "so nobody can say whether the containers fit the task",
      fix: field == .cpu
        ? #"write CPU units such as "256", or ".25 vCPU""# : #"write MiB such as "512", or "1 GB""#)
  }
  /// - Parameter functions: of a template, that make the size.
  fileprivate static func tooSmall(
    _ size: TaskSize, _ needs: TaskSize, _ fitting: TaskSize, _ functions: [String]
  ) -> Self {
    let way: Wording =
      functions.isEmpty
      ? ", or let \(.resize) do it"
      : ": raise the default of the parameter, or the value, that \(functions[0]) comes to"
    return Self(
      .taskTooSmall,
      "with Envoy the containers need \(needs), but the task has only \(size), "
        + "so ECS would refuse it",
      fix: "give the task \(fitting.members)\(way); "
        + "or reserve less with \(.envoyMemoryReservation)")
  }
  fileprivate static func noFargateSize(_ needs: TaskSize) -> Self {
    Self(
      .taskTooLarge, "with Envoy the containers need \(needs), more than any Fargate task has")
  }
}
