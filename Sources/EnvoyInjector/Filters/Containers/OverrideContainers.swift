import LosslessJSON
import RolePolicies
import TaskChecks
import TaskDefinitions

/// Applies the user's merge patch (RFC 7396) to a generated container: `envoyContainer` and
/// `tracingContainer` of the configuration file.
struct OverrideContainers: Filter {
  static let name = "override-containers"
  static let summary = "apply envoyContainer and tracingContainer of the configuration file"

  let envoy: JSONValue?
  let tracingDaemon: JSONValue?

  static let rules = Shape.rules

  func apply(to task: inout TaskDefinition, _ findings: inout Findings) {
    if let patch = envoy, let container = task.envoy {
      merge(patch, into: container, &task)
      Shape.containerDefinition.check(container, in: task, &findings)
    }
    if let patch = tracingDaemon, let container = task.tracingDaemon,
      task.addedContainers.contains(container)
    {
      merge(patch, into: container, &task)
      Shape.containerDefinition.check(container, in: task, &findings)
    }
  }

  private func merge(_ patch: JSONValue, into container: NodeID, _ task: inout TaskDefinition) {
    let reason = Edit.Reason(filter: Self.name, "the configuration file asks for it")
    let merged = task.place.dialect.value(task.value(container).merging(patch))
    for member in task.place.dialect.value(patch).object ?? [] {
      if let value = merged[member.name] {
        task.document.set(member.name, to: value, in: container, because: reason)
      } else if let present = task.document.member(member.name, of: container) {
        task.document.remove(present, because: reason)
      }
    }
  }
}
