import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Rejects selections that name a container which the task does not have. A misspelled name would
/// silently leave an application out.
struct RequireSelectedContainers: Check {
  static let name = "require-selected-containers"
  static let summary = "Refuse a selection that names no container of the task"

  let roles: ContainerRoles

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    for label in task.injectLabels where label.value != Mark.disabled {
      findings.add(
        Self.unknownOrder, ["value": label.value], at: label.node, in: task.document)
    }
    for name in roles.selection.only + roles.selection.skip
    where task.container(named: name) == nil {
      let names = task.containers.map { task.name(of: $0) }
      findings.add(
        Self.unknownContainer, ["name": name, "names": names.joined(separator: ", ")],
        at: task.root, in: task.document)
    }
    if !task.containers.contains(where: { roles.isApplication($0, of: task) }) {
      findings.add(Self.nothingSelected, at: task.node(.containerDefinitions), in: task.document)
    }
  }
}

extension RequireSelectedContainers {
  static let rules = [unknownOrder, unknownContainer, nothingSelected]

  private static let unknownOrder = Rule.error(
    "unknown-order",
    "The label \(Mark.inject) is '{value}', which has no meaning, so it would be ignored.",
    fix: "Write '\(Mark.disabled)' to leave the document as it is, or remove the label.")
  private static let unknownContainer = Rule.error(
    "unknown-container", "The task has no container '{name}' to select or skip.",
    fix: "Name only these containers with \(.onlyContainer) and \(.skipContainer): {names}")
  private static let nothingSelected = Rule.error(
    "nothing-selected", "No container is left for Envoy to serve.",
    fix: "Check \(.onlyContainer) and \(.skipContainer), or leave a task that has only daemons "
      + "without Envoy.")
}
