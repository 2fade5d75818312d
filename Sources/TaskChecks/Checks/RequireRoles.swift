package import LosslessJSON
import RolePolicies
package import TaskDefinitions

/// Finds a task without a role that Envoy or ECS needs.
///
/// Envoy and the tracing daemon call AWS with the task role; on Fargate there are no other
/// credentials. On EC2 the instance's role pulls images and writes logs for a task that has no
/// execution role.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html>
package struct RequireRoles: Check {
  package static let name = "require-roles"
  package static let summary =
    "Warn about a task without a role that it needs, or refuse it if an option says so"

  package let severity: Rule.Severity
  /// Whether a missing role is never an error.
  package let toleratesMissing: Bool
  /// Envoy and its daemon, whoever added them.
  package let containers: [NodeID]
  /// Whether a tracing daemon sends Envoy's spans; `nil` to find it out from what the containers
  /// wait for.
  package let sendsTraces: Bool?

  package init(
    severity: Rule.Severity, toleratesMissing: Bool = false, containers: [NodeID],
    sendsTraces: Bool? = nil
  ) {
    self.severity = severity
    self.toleratesMissing = toleratesMissing
    self.containers = containers
    self.sendsTraces = sendsTraces
  }

  package func check(_ task: TaskDefinition, _ findings: inout Findings) {
    let (hasTaskRole, hasExecutionRole) = (
      task.node(.taskRoleArn) != nil, task.node(.executionRoleArn) != nil
    )
    if hasTaskRole, hasExecutionRole { return }
    let policies = RolePolicies(of: task, for: containers, sendsTraces: sendsTraces)
    // The roles of a list of containers stand elsewhere. Only the one without which Envoy does not work is
    // reported.
    let isList = task.place.isList
    if isList, !policies.needsTaskRole { return }
    if !hasTaskRole, !policies.taskStatements.isEmpty {
      let isError = policies.needsTaskRole && !toleratesMissing && !isList
      findings.add(
        Self.noTaskRole, severity: isError ? .error : severity, at: task.root, in: task.document)
    }
    let works = policies.executionStatements.map(\.service).compactMap { service in
      task.isFargate || !["ecr", "logs"].contains(service) ? Self.works[service] : nil
    }
    if !isList, !hasExecutionRole, !works.isEmpty {
      var distinct: [String] = []
      for work in works where !distinct.contains(work) { distinct.append(work) }
      findings.add(
        Self.noExecutionRole, ["works": distinct.joined(separator: " or ")], severity: severity,
        at: task.root, in: task.document)
    }
  }

  /// The tasks for which ECS uses the execution role, by service.
  private static let works: [Substring: String] = [
    "ecr": "pull their images", "logs": "write their logs",
    "secretsmanager": "read their secrets", "ssm": "read their parameters",
    "s3": "read their environment files",
  ]
}

extension RequireRoles {
  package static let rules = [noTaskRole, noExecutionRole]

  private static let noTaskRole = Rule.warning(
    "no-task-role",
    "The task has no taskRoleArn, so Envoy or its tracing daemon has no credentials to call AWS.",
    fix: "Add a taskRoleArn. 'inject-envoy policy' prints what it must allow.",
    see: Rule.Source.roles)
  private static let noExecutionRole = Rule.warning(
    "no-execution-role",
    "The task has no executionRoleArn, so ECS cannot start the added containers: it cannot {works}.",
    fix: "Add an executionRoleArn. 'inject-envoy policy' prints what it must allow.",
    see: Rule.Source.roles)
}
