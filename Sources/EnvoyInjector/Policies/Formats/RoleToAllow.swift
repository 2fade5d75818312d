import LosslessJSON

/// One of a task's two roles, with what it must allow.
struct RoleToAllow {
  enum Kind: String { case task, execution }

  let kind: Kind
  /// The task definition's.
  let family: String
  /// The role's name, when the task definition has one.
  let existing: String?
  let statements: [PolicyStatement]

  /// The member of the task definition that names the role.
  var field: Field { kind == .task ? .taskRoleArn : .executionRoleArn }
  /// The name for a role that is made anew has 64 characters at the most.
  var name: String { existing ?? IAMName.fitting("\(family)-\(kind)", 64) }
  var policy: JSONValue { .policy(statements.map(\.json)) }

  /// Of the inline policy: tasks may share a role, and one may be both roles of a task, so the
  /// name tells whose policy it is.
  var policyName: String { IAMName.fitting("inject-envoy-\(family)-\(kind)", 128) }

  /// Both roles are taken on by ECS's tasks, in every partition.
  /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>
  static let trustPolicy = JSONValue.policy([
    [
      "Sid": "EcsTasksTakeThisRole", "Effect": "Allow",
      "Principal": ["Service": "ecs-tasks.amazonaws.com"], "Action": "sts:AssumeRole",
    ]
  ])
}

extension RolePolicies {
  /// The roles that must allow something.
  var roles: [RoleToAllow] {
    [
      role(.task, taskRole, taskStatements),
      role(.execution, executionRole, executionStatements),
    ].filter { !$0.statements.isEmpty }
  }

  private func role(
    _ kind: RoleToAllow.Kind, _ reference: String?, _ statements: [PolicyStatement]
  ) -> RoleToAllow {
    // A role's ARN may hold a path, which is not part of its name.
    RoleToAllow(
      kind: kind, family: family, existing: reference?.split(separator: "/").last.map(String.init),
      statements: statements)
  }
}
