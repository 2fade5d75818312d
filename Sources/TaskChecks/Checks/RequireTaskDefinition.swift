import LosslessJSON
package import TaskDefinitions

/// Refuses what is no task definition, or has values of kinds that ECS does not take.
package struct RequireTaskDefinition: Check {
  package static let name = "require-task-definition"
  package static let summary = "refuse what is no task definition, or has values of the wrong kind"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let document = task.document
    guard document.kind(of: task.root) == .object else {
      return findings.add(.notAnObject, in: document)
    }
    guard task.node(.containerDefinitions) != nil else {
      return findings.add(.noContainers, at: task.root, in: document)
    }
    Shape.taskDefinition.check(task.root, in: task, &findings)
    if !findings.hasErrors { checkNames(task, &findings) }
  }

  private func checkNames(_ task: TaskDefinition, _ findings: inout Findings) {
    if task.containers.isEmpty {
      findings.add(.emptyContainers, at: task.node(.containerDefinitions), in: task.document)
    }
    var seen: [String] = []
    for choice in task.containerChoices {
      var names: [String] = []
      for container in choice {
        let name = task.name(of: container)
        if name.isEmpty {
          if isUnnamed(container, task) {
            findings.add(.unnamedContainer, at: container, in: task.document)
          }
        } else if seen.contains(name) {
          findings.add(.duplicateContainer(name), at: container, in: task.document)
        } else {
          names.append(name)
        }
      }
      // Of several containers in one place only one will be there.
      seen += names
    }
  }

  /// Whether a container has no name, not even one that a template decides.
  private func isUnnamed(_ container: NodeID, _ task: TaskDefinition) -> Bool {
    guard let node = task.node(.name, of: container) else { return true }
    return !task.place.isIntrinsic(node, in: task.document)
  }
}

extension Message {
  fileprivate static let notAnObject = Self(
    .notATaskDefinition, "this is no task definition: the document is not an object")
  fileprivate static let noContainers = Self(
    .notATaskDefinition, "this is no task definition: it has no containerDefinitions")
  fileprivate static let emptyContainers = Self(.noContainers)
  fileprivate static let unnamedContainer = Self(
    .unnamedContainer, "this container has no name, so ECS would refuse the task definition")
  fileprivate static func duplicateContainer(_ name: String) -> Self {
    Self(
      .duplicateContainer,
      "two containers are named '\(name)', so ECS would refuse the task definition")
  }
}
