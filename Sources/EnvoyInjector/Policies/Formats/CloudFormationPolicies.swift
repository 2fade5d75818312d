import LosslessJSON

/// A template whose resources are to be copied into the stack's own, or deployed beside it.
enum CloudFormationPolicies {
  static func text(_ roles: [RoleToAllow]) -> String {
    let template: JSONValue = [
      "AWSTemplateFormatVersion": "2010-09-09",
      "Description": "What the roles of an ECS task must allow for its Envoy sidecar",
      "Resources": .object(roles.map(resource)),
    ]
    return template.prettyText + "\n"
  }

  private static func resource(_ role: RoleToAllow) -> JSONValue.Member {
    let inline: JSONValue = [
      "PolicyName": .string(RoleToAllow.policyName), "PolicyDocument": role.policy,
    ]
    let kind = role.kind == "task" ? "Task" : "Execution"
    guard let existing = role.existing else {
      return JSONValue.Member(
        kind + "Role",
        [
          "Type": "AWS::IAM::Role",
          "Properties": [
            "AssumeRolePolicyDocument": RoleToAllow.trustPolicy, "Policies": [inline],
          ],
        ])
    }
    return JSONValue.Member(
      kind + "RolePolicy",
      [
        "Type": "AWS::IAM::RolePolicy",
        "Properties": inline.merging(["RoleName": .string(existing)]),
      ])
  }
}
