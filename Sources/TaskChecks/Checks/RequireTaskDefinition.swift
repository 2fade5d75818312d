package import LosslessJSON
package import TaskDefinitions

/// Refuses documents that are not task definitions, or have values of the wrong type.
package struct RequireTaskDefinition: Check {
  package static let name = "require-task-definition"
  package static let summary =
    "Refuse documents that are not task definitions, or have values of the wrong type"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let document = task.document
    guard document.kind(of: task.root) == .object else {
      return findings.add(
        Self.notATaskDefinition, ["reason": "it is not an object"], in: document)
    }
    if let other = OtherDocument(document, task.root) {
      return findings.add(
        Self.notATaskDefinition, ["reason": other.description], fix: other.fix, at: task.root,
        in: document)
    }
    guard task.node(.containerDefinitions) != nil else {
      let isContainer = task.node(.name) != nil && task.node(.image) != nil
      return findings.add(
        Self.notATaskDefinition,
        ["reason": isContainer ? "it is one container" : "it has no containerDefinitions"],
        fix: isContainer ? OtherDocument.containerFix : nil, at: task.root, in: document)
    }
    // Everything behind this may take more than linear time.
    guard RequireLimits.checkCount(of: task, &findings) else { return }
    ValueKinds.check(task, &findings)
    if !findings.hasErrors { checkNames(task, &findings) }
  }

  private func checkNames(_ task: TaskDefinition, _ findings: inout Findings) {
    if task.containers.isEmpty {
      findings.add(
        Self.noContainers, at: task.node(.containerDefinitions), in: task.document)
    }
    var seen: [String] = []
    for choice in task.containerChoices {
      var names: [String] = []
      for container in choice {
        let name = task.name(of: container)
        if name.isEmpty {
          if isUnnamed(container, task) {
            findings.add(Self.unnamedContainer, at: container, in: task.document)
          }
        } else if seen.contains(name) {
          findings.add(
            Self.duplicateContainer, ["name": name], at: container, in: task.document)
        } else {
          names.append(name)
        }
      }
      // Only one of the containers that a template can choose for this place is deployed.
      seen += names
    }
  }

  /// Whether a container has neither a name nor an intrinsic function that decides it.
  private func isUnnamed(_ container: NodeID, _ task: TaskDefinition) -> Bool {
    guard let node = task.node(.name, of: container) else { return true }
    return !task.place.isIntrinsic(node, in: task.document)
  }
}

extension RequireTaskDefinition {
  package static let rules =
    [notATaskDefinition, noContainers, unnamedContainer, duplicateContainer] + ValueKinds.rules

  private static let notATaskDefinition = Rule.error(
    "not-a-task-definition", "The document is not a task definition: {reason}.",
    fix: "Pass the JSON that 'aws ecs register-task-definition' takes or "
      + "'aws ecs describe-task-definition' prints.", see: Rule.Source.taskDefinition)
  private static let noContainers = Rule.error(
    "no-containers", "The task has no container, so there is no application for Envoy to serve.",
    fix: "Add the application's container to containerDefinitions.",
    see: Rule.Source.taskDefinition)
  private static let unnamedContainer = Rule.error(
    "unnamed-container", "This container has no name, so ECS refuses the task definition.",
    fix: #"Give it a "name"."#, see: Rule.Source.container)
  private static let duplicateContainer = Rule.error(
    "duplicate-container",
    "Two containers are named '{name}', so ECS refuses the task definition.",
    fix: "Rename one of them.", see: Rule.Source.container)
}
