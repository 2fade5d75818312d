import CloudFormation
package import LosslessJSON
package import TaskDefinitions

/// One of a task's two roles, with what it must allow.
package struct RoleToAllow {
  package enum Kind: String { case task, execution }

  package let kind: Kind
  /// The task definition's.
  package let family: String
  /// What the task definition names; `nil`: it has none.
  package let reference: RoleReference?
  package let statements: [PolicyStatement]
  /// `nil` if the account or the region of the task is not known.
  package let trust: TrustPolicy?

  /// The member of the task definition that names the role.
  package var field: Field { kind == .task ? .taskRoleArn : .executionRoleArn }
  /// The name of the role that is there, as far as it is known.
  package var existing: String? { reference?.name }
  /// The same as a template takes it.
  package var existingInTemplate: JSONValue? {
    if case .made(let resource) = reference { return [Intrinsic.ref: .string(resource)] }
    return existing.map(JSONValue.string)
  }
  /// The name for a role that is made anew has 64 characters at the most.
  package var name: String { existing ?? IAMName.fitting("\(family)-\(kind)", 64) }
  package var trustPolicy: JSONValue { trust?.document ?? TrustPolicy.anyAccount }
  package var policy: JSONValue { .policy(statements.map(\.json)) }

  /// The name of the inline policy outside of the task's template: tasks may share a role, and one
  /// may be both roles of a task, so the name tells whose policy it is.
  package var policyName: String { IAMName.fitting("\(Self.policyPrefix)\(family)-\(kind)", 128) }
  package static let policyPrefix = "inject-envoy-"

  /// As an element of a role's `Policies` in a template.
  package var inlinePolicy: JSONValue {
    [
      RoleProperty.policyName: .string(policyName),
      RoleProperty.policyDocument: .policy(statements.map(\.templateJSON)),
    ]
  }
}

extension RolePolicies {
  /// The roles that must allow something.
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
