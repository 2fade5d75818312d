import LosslessJSON

/// How policies are printed.
public enum PolicyFormat: String, CaseIterable, Sendable {
  case json, cli, cloudformation, terraform

  /// - Parameter withTrust: also print who may take the roles on; roles that a format makes anew
  ///   have that in any case.
  public func text(_ policies: RolePolicies, withTrust: Bool) -> String {
    let roles = policies.roles
    return switch self {
    case .json: JSONPolicies.text(roles, withTrust: withTrust)
    case .cli: CommandLinePolicies.text(roles, withTrust: withTrust)
    case .cloudformation: CloudFormationPolicies.text(roles)
    case .terraform: TerraformPolicies.text(roles)
    }
  }
}

/// One of a task's two roles, with what it must allow.
struct RoleToAllow {
  /// `task` or `execution`: part of names.
  let kind: String
  /// The member of the task definition that names the role.
  let field: Field
  /// The role's name, when the task definition has one.
  let existing: String?
  /// The name for a role that is made anew.
  let proposed: String
  let statements: [PolicyStatement]

  var name: String { existing ?? proposed }
  var policy: JSONValue { .policy(statements.map(\.json)) }

  static let policyName = "inject-envoy"

  /// Both roles are taken on by ECS's tasks.
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
      role("task", .taskRoleArn, taskRole, taskStatements),
      role("execution", .executionRoleArn, executionRole, executionStatements),
    ].filter { !$0.statements.isEmpty }
  }

  private func role(
    _ kind: String, _ field: Field, _ reference: String?, _ statements: [PolicyStatement]
  ) -> RoleToAllow {
    // A role's ARN may hold a path, which is not part of its name. Names have 64 characters.
    RoleToAllow(
      kind: kind, field: field,
      existing: reference?.split(separator: "/").last.map(String.init),
      proposed: String(family.prefix(63 - kind.utf8.count)) + "-" + kind, statements: statements)
  }
}
