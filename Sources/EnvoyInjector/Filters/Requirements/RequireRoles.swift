import LosslessJSON

/// Speaks up when a role is missing that Envoy or ECS itself needs.
///
/// Envoy and the tracing daemon call AWS with the task role; on Fargate there are no other
/// credentials. Logs and private images need the execution role.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html>
struct RequireRoles: Requirement {
  static let name = "require-roles"
  static let summary = "warn, or refuse with --require-roles, when a role that is needed is missing"

  let severity: Finding.Severity
  /// Something in the task calls AWS: App Mesh's Envoy, or a tracing daemon.
  let needsTaskRole: Bool
  /// ECS takes secrets for Envoy, or writes its logs to a group of their own.
  let needsExecutionRole: Bool

  func check(_ task: TaskDefinition, _ findings: inout Findings) {
    if needsTaskRole, task.node(.taskRoleArn) == nil {
      findings.add(.noTaskRole, severity, in: task.document)
    }
    if needsExecutionRole, task.node(.executionRoleArn) == nil {
      findings.add(.noExecutionRole, severity, in: task.document)
    }
  }
}

extension Finding.Message {
  fileprivate static let noTaskRole = Self(.noTaskRole)
  fileprivate static let noExecutionRole = Self(.noExecutionRole)
}
