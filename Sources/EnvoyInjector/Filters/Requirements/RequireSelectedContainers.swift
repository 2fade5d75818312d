import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Refuses `--only-container` and `--skip-container` that name a container the task has not: a
/// misspelled name would leave an application out in silence.
struct RequireSelectedContainers: Check {
  static let name = "require-selected-containers"
  static let summary = "refuse selections that name no container of the task"

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for label in task.injectLabels where label.value != Mark.disabled {
      findings.add(.unknownOrder(label.value), at: label.node, in: task.document)
    }
    for name in task.selection.only + task.selection.skip
    where task.container(named: name) == nil {
      let names = task.containers.map { task.name(of: $0) }
      findings.add(.unknownContainer(name, names), in: task.document)
    }
    if !task.containers.contains(where: { task.isApplication($0) }) {
      findings.add(.nothingSelected, at: task.node(.containerDefinitions), in: task.document)
    }
  }
}

extension Message {
  fileprivate static func unknownOrder(_ value: String) -> Self {
    Self(
      .unknownOrder,
      "the label \(Mark.inject) says '\(value)', which means nothing, so it would be ignored")
  }
  fileprivate static func unknownContainer(_ name: String, _ names: [String]) -> Self {
    Self(
      .unknownContainer, "the task has no container '\(name)' to select or skip",
      fix: "name one of: \(names.joined(separator: ", "))")
  }
  fileprivate static let nothingSelected = Self(.nothingSelected)
}
