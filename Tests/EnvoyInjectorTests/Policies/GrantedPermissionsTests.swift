import LosslessJSON
import Testing

@testable import EnvoyInjector

/// Permissions that a role already has are not added again.
@Suite struct GrantedPermissionsTests {
  private static let arn =
    "arn:${AWS::Partition}:appmesh:${AWS::Region}:${AWS::AccountId}:mesh/shop/virtualNode/web"

  private static func statement(
    effect: String = "Allow", action: String = #""appmesh:StreamAggregatedResources""#,
    resource: String = #"{"Fn::Sub": "\#(arn)"}"#, more: String = ""
  ) -> String {
    #"{"Effect": "\#(effect)", "Action": \#(action), "Resource": \#(resource)\#(more)}"#
  }

  private static func policy(_ statement: String, name: String = "own") -> String {
    #""PolicyName": "\#(name)", "PolicyDocument": {"Statement": \#(statement)}"#
  }

  private static func isGranted(_ template: RoleTemplate) throws -> Bool {
    try RoleTemplate.policies(template.inject())
      .allSatisfy { !$0.hasPrefix("inject-envoy:") }
  }

  @Test(arguments: [
    (statement(), true), ("[\(statement())]", true),
    (statement(action: #"["appmesh:StreamAggregatedResources"]"#), true),
    (statement(more: #", "Sid": "Mesh""#), true),
    (statement(effect: "Deny"), false), (statement(resource: #""arn:aws:other""#), false),
    (statement(action: #"["appmesh:StreamAggregatedResources", "a:b"]"#), false),
    (statement(more: #", "Condition": {"Bool": {"a": "b"}}"#), false),
    (
      #"{"Effect": "Allow", "NotAction": "a:b", "Resource": {"Fn::Sub": "\#(arn)"}}"#, false
    ),
  ])
  func equalStatements(_ statement: String, _ isGranted: Bool) throws {
    let inline = RoleTemplate(role: #""Policies": [{\#(Self.policy(statement))}]"#)
    #expect(try Self.isGranted(inline) == isGranted)
  }

  /// Functions with equal results.
  @Test func statementsThatAreSpelledDifferently() throws {
    let joined = Self.arn.replacing("${AWS::Partition}", with: #"", {"Ref": "AWS::Partition"}, ""#)
      .replacing("${AWS::Region}", with: #"", {"Ref": "AWS::Region"}, ""#)
      .replacing("${AWS::AccountId}", with: #"", {"Ref": "AWS::AccountId"}, ""#)
    let statement = Self.statement(resource: #"[{"Fn::Join": ["", ["\#(joined)"]]}]"#)
    let template = RoleTemplate(role: #""Policies": [{\#(Self.policy(statement))}]"#)
    #expect(try Self.isGranted(template))
  }

  @Test(arguments: [
    ("AWS::IAM::Policy", #""Roles": [{"Ref": "Role"}]"#, "", true),
    ("AWS::IAM::ManagedPolicy", #""Roles": ["x", {"Ref": "Role"}]"#, "", true),
    ("AWS::IAM::RolePolicy", #""RoleName": {"Ref": "Role"}"#, "", true),
    ("AWS::IAM::Policy", #""Roles": [{"Ref": "Other"}]"#, "", false),
    ("AWS::IAM::Policy", #""Groups": [{"Ref": "Role"}]"#, "", false),
    ("AWS::IAM::Policy", #""Roles": [{"Ref": "Role"}]"#, #""Condition": "A","#, false),
  ])
  func policiesThatAreResources(
    _ type: String, _ roles: String, _ condition: String, _ isGranted: Bool
  ) throws {
    var template = RoleTemplate()
    template.more =
      #""Own": {"Type": "\#(type)", \#(condition) "Properties": {\#(roles), "#
      + Self.policy(Self.statement()) + "}}"
    #expect(try Self.isGranted(template) == isGranted)
  }

  @Test(arguments: [
    (#""arn:aws:iam::aws:policy/AWSAppMeshEnvoyAccess""#, true),
    (#"{"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AWSAppMeshEnvoyAccess"}"#, true),
    (
      #"{"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/"#
        + #"AWSAppMeshEnvoyAccess"]]}"#, true
    ),
    (#""arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess""#, false),
    (#""arn:aws:iam::111122223333:policy/AWSAppMeshEnvoyAccess""#, false),
    (#""AWSAppMeshEnvoyAccess""#, false), (#"{"Ref": "Given"}"#, false),
    (#"{"Fn::If": ["A", "arn:aws:iam::aws:policy/AWSAppMeshEnvoyAccess", "b"]}"#, false),
  ])
  func managedPolicies(_ arn: String, _ isGranted: Bool) throws {
    let template = RoleTemplate(role: #""ManagedPolicyArns": [\#(arn)]"#)
    #expect(try Self.isGranted(template) == isGranted)
  }

  /// Permissions for one task are removed with that task.
  @Test func whatOtherTasksNeededDoesNotCount() throws {
    let ours = Self.policy(Self.statement(), name: "inject-envoy-Api-task")
    let template = RoleTemplate(role: #""Policies": [{\#(ours)}]"#)
    #expect(try !Self.isGranted(template))
  }
}
