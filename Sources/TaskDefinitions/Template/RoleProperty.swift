/// The members of IAM's resources in a template, each spelled once.
///
/// - SeeAlso: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>
package enum RoleProperty {
  package static let policies = "Policies"
  package static let policyName = "PolicyName"
  package static let policyDocument = "PolicyDocument"
  package static let managedPolicyArns = "ManagedPolicyArns"
  /// Of a policy that is a resource: the names of the roles that have it.
  package static let roles = "Roles"
  package static let roleName = "RoleName"
}
