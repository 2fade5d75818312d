package import LosslessJSON
package import TaskDefinitions

/// Refuses a task whose containers do not share one network namespace with Envoy.
///
/// `proxyConfiguration` redirects traffic inside the task's own network namespace, so ECS accepts
/// it only when `networkMode` is `awsvpc`. A mode that the document names is never changed: another
/// mode changes the task's security groups, host ports and load balancer targets.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html>
package struct RequireAwsvpc: Check {
  package static let name = "require-awsvpc"
  package static let summary = "Refuse network modes in which traffic cannot be redirected to Envoy"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let mode = task.text(.networkMode)
    guard mode != NetworkMode.awsvpc else { return }
    let node = task.node(.networkMode)
    let member = task.place.dialect.spelling(.networkMode)
    let fix: Wording? =
      node == nil
      ? "Set {member} to awsvpc, or let \(.networkMode, NetworkMode.awsvpc) set it. Give the "
        + "service subnets and security groups." : nil
    let named = mode.map { "'\($0)'" } ?? "decided when the stack is deployed"
    findings.add(
      Self.notAwsvpc,
      [
        "task": task.place.resource.map { "task definition '\($0)'" } ?? "the task",
        "mode": node == nil ? "not set, which means 'bridge'" : named, "member": member,
      ],
      fix: fix, at: node ?? task.root, in: task.document)
  }
}

extension RequireAwsvpc {
  package static let rules = [notAwsvpc]

  private static let notAwsvpc = Rule.error(
    "not-awsvpc",
    "The network mode of {task} is {mode}, so Envoy cannot intercept its traffic.",
    fix: "Set {member} to awsvpc, and give the service subnets and security groups.",
    see: Rule.Source.proxy)
}

extension Setting {
  /// The network mode that a task without one gets.
  package static let networkMode = Setting("networkMode")
}
