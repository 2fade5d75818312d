import LosslessJSON
import TaskDefinitions

/// Resources for Terraform's AWS provider.
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy>
package enum TerraformPolicies {
  package static func text(_ roles: [RoleToAllow]) -> String {
    var names = UniqueNames()
    return roles.map { resources($0, names.next(label($0))) }.joined(separator: "\n")
  }

  private static func resources(_ role: RoleToAllow, _ label: String) -> String {
    let attributes = HCL.attributes(
      [
        ("name", HCL.literal(role.policyName)),
        ("role", role.existing.map(HCL.literal) ?? "aws_iam_role.\(label).name"),
        ("policy", "jsonencode(\(HCL.expression(role.policy, depth: 1)))"),
      ], depth: 1)
    let policy = "resource \"aws_iam_role_policy\" \"\(label)\" {\n\(attributes)}\n"
    guard role.existing == nil else { return policy }
    let trust = HCL.attributes(
      [
        ("name", HCL.literal(role.name)),
        ("assume_role_policy", "jsonencode(\(HCL.expression(role.trustPolicy, depth: 1)))"),
      ], depth: 1)
    return """
      # Name the new role in the task definition: \(role.field.spelling)
      resource "aws_iam_role" "\(label)" {
      \(trust)}

      \(policy)
      """
  }

  /// The name of the resource: letters, digits, `_` and `-`, without a digit at the beginning.
  /// <https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers>
  private static func label(_ role: RoleToAllow) -> String {
    let family = String(
      role.family.map { character in
        let isTaken = character.isLetter || character.isWholeNumber || character == "-"
        return character.isASCII && isTaken ? character : "_"
      })
    return (family.first?.isLetter == true ? "" : "_") + "\(family)_\(role.kind)"
  }
}
