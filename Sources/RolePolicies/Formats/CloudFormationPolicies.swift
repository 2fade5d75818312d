import LosslessJSON
import TaskDefinitions

/// A template. Its user copies the resources into the stack's own template, or deploys it separately.
package enum CloudFormationPolicies {
  package static func text(_ roles: [RoleToAllow]) -> String {
    var names = UniqueNames()
    let resources = roles.map { resource($0, &names) }
    let outputs = zip(roles, resources).filter { $0.0.existingInTemplate == nil }
      .map { output($0.1.name) }
    let template: JSONValue = [
      "AWSTemplateFormatVersion": "2010-09-09",
      "Description": "Permissions that the roles of ECS tasks need for Envoy",
      // A template must have a resource. This one creates nothing.
      "Resources": resources.isEmpty
        ? ["NothingIsNeeded": ["Type": "AWS::CloudFormation::WaitConditionHandle"]]
        : .object(resources),
    ]
    let members = outputs.isEmpty ? [] : [JSONValue.Member("Outputs", .object(outputs))]
    return template.merging(.object(members)).prettyText + "\n"
  }

  private static func resource(
    _ role: RoleToAllow, _ names: inout UniqueNames
  ) -> JSONValue.Member {
    let inline = role.inlinePolicy
    let name = logicalID(role.family) + logicalID("\(role.kind)") + "Role"
    guard let existing = role.existingInTemplate else {
      return JSONValue.Member(
        names.next(name),
        [
          "Type": .string(TemplateResource.Kind.role.rawValue),
          "Properties": [
            "AssumeRolePolicyDocument": TrustPolicy.template,
            RoleProperty.policies: [inline],
          ],
        ])
    }
    return JSONValue.Member(
      names.next(name + "Policy"),
      [
        "Type": .string(TemplateResource.Kind.policy.rawValue),
        "Properties": inline.merging([RoleProperty.roles: [existing]]),
      ])
  }

  /// The reference to the role that the task definition needs.
  private static func output(_ role: String) -> JSONValue.Member {
    JSONValue.Member(role + "Arn", ["Value": ["Fn::GetAtt": [.string(role), "Arn"]]])
  }

  /// The name in camel case with only letters and digits: `orders-web` becomes `OrdersWeb`.
  private static func logicalID(_ text: String) -> String {
    text.split { !$0.isASCII || !($0.isLetter || $0.isWholeNumber) }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
