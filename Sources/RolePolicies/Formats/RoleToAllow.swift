import CloudFormation
package import LosslessJSON
package import TaskDefinitions

/// One of a task's two roles, with the permissions that it needs.
package struct RoleToAllow {
  package enum Kind: String { case task, execution }

  package let kind: Kind
  /// The task definition's family.
  package let family: String
  /// The role that the task definition names; `nil` if it names none.
  package let reference: RoleReference?
  package let statements: [PolicyStatement]
  /// `nil` if the account or the region of the task is not known.
  package let trust: TrustPolicy?

  /// The member of the task definition that names the role.
  package var field: Field { kind == .task ? .taskRoleArn : .executionRoleArn }
  /// The name of the task definition's role, if it is known.
  package var existing: String? { reference?.name }
  /// The name of the task definition's role, as a value in a template.
  package var existingInTemplate: JSONValue? {
    if case .made(let resource) = reference { return [Intrinsic.ref: .string(resource)] }
    return existing.map(JSONValue.string)
  }
  /// The name of the task definition's role, or of a new one. IAM limits it to 64 characters.
  package var name: String { existing ?? IAMName.fitting("\(family)-\(kind)", 64) }
  package var trustPolicy: JSONValue { trust?.document ?? TrustPolicy.anyAccount }
  package var policy: JSONValue { .policy(statements.map(\.json)) }

  /// The name of the inline policy outside of the task's template. It contains the family and the kind of
  /// role, because tasks can share a role, and one role can be both roles of a task.
  package var policyName: String { IAMName.fitting("\(Self.policyPrefix)\(family)-\(kind)", 128) }
  package static let policyPrefix = "inject-envoy-"

  /// The policy as an element of a role's `Policies` in a template.
  package var inlinePolicy: JSONValue {
    [
      RoleProperty.policyName: .string(policyName),
      RoleProperty.policyDocument: .policy(statements.map(\.templateJSON)),
    ]
  }
}

extension RolePolicies {
  /// The roles that need a permission.
  package var roles: [RoleToAllow] { bothRoles.filter { !$0.statements.isEmpty } }

  package var bothRoles: [RoleToAllow] {
    [
      role(.task, taskRole, taskStatements),
      role(.execution, executionRole, executionStatements),
    ]
  }

  private func role(
    _ kind: RoleToAllow.Kind, _ reference: RoleReference?, _ statements: [PolicyStatement]
  ) -> RoleToAllow {
    RoleToAllow(
      kind: kind, family: family, reference: reference, statements: statements, trust: trust)
  }
}
