package import LosslessJSON
import RolePolicies
package import TaskDefinitions

/// Speaks up when a role is missing that Envoy or ECS itself needs.
///
/// Envoy and the tracing daemon call AWS with the task role; on Fargate there are no other
/// credentials. On EC2 the instance's role pulls images and writes logs for a task that has no
/// execution role.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html>
package struct RequireRoles: Check {
  package static let name = "require-roles"
  package static let summary =
    "warn, or refuse if that is asked for, when a role that is needed is missing"

  package let severity: Rule.Severity
  /// Envoy and its daemon, whoever added them; `nil`: those that filters have added.
  package var containers: [NodeID]?

  package init(severity: Rule.Severity, containers: [NodeID]? = nil) {
    self.severity = severity
    self.containers = containers
  }

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let (hasTaskRole, hasExecutionRole) = (
      task.node(.taskRoleArn) != nil, task.node(.executionRoleArn) != nil
    )
    if hasTaskRole, hasExecutionRole { return }
    let policies = RolePolicies(
      of: task, for: containers ?? task.addedContainers,
      sendsTraces: containers == nil && task.tracingDaemon != nil ? true : nil)
    if !hasTaskRole, !policies.taskStatements.isEmpty {
      findings.add(.noTaskRole, severity, in: task.document)
    }
    let works = policies.executionStatements.map(\.service).compactMap { service in
      task.isFargate || !["ecr", "logs"].contains(service) ? Self.works[service] : nil
    }
    if !hasExecutionRole, !works.isEmpty {
      findings.add(.noExecutionRole(works), severity, in: task.document)
    }
  }

  /// What ECS does with the execution role, by service.
  private static let works: [Substring: String] = [
    "ecr": "pull their images", "logs": "write their logs",
    "secretsmanager": "read their secrets", "ssm": "read their parameters",
    "s3": "read their environment files",
  ]
}

extension Message {
  fileprivate static let noTaskRole = Self(.noTaskRole)

  /// - Parameter works: may name one twice.
  fileprivate static func noExecutionRole(_ works: [String]) -> Self {
    var distinct: [String] = []
    for work in works where !distinct.contains(work) { distinct.append(work) }
    return Self(
      .noExecutionRole,
      "the task has no executionRoleArn, so ECS can't start the added containers: it could not "
        + "\(distinct.joined(separator: " and "))")
  }
}
