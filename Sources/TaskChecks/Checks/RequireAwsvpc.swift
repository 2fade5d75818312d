import LosslessJSON
package import TaskDefinitions

/// Refuses a task whose containers do not share one network namespace with Envoy.
///
/// `proxyConfiguration` redirects traffic inside the task's own network namespace, so ECS accepts
/// it only when `networkMode` is `awsvpc`. The filter refuses instead of switching the mode: a new
/// mode changes the task's security groups, host ports and load balancer targets.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html>
package struct RequireAwsvpc: Check {
  package static let name = "require-awsvpc"
  package static let summary = "refuse network modes in which traffic can't be redirected to Envoy"

  package init() {}

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let mode = task.text(.networkMode)
    guard mode != NetworkMode.awsvpc else { return }
    findings.add(.notAwsvpc(mode), at: task.node(.networkMode), in: task.document)
  }
}

extension Message {
  fileprivate static func notAwsvpc(_ mode: String?) -> Self {
    Self(
      .notAwsvpc,
      "network mode is \(mode.map { "'\($0)'" } ?? "not set, which means 'bridge'"), "
        + "so Envoy can't intercept this task's traffic")
  }
}
