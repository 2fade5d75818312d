import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

@Suite struct GrantPermissionsTests {
  private static let granted = ["inject-envoy: EnvoyReadsItsConfiguration"]

  private static func findings(_ injection: Injection) -> [Problem] {
    injection.warnings.filter { $0.stage == GrantPermissions.name }
  }

  @Test(arguments: [
    #"{"Fn::GetAtt": ["Role", "Arn"]}"#, #"{"Fn::GetAtt": "Role.Arn"}"#, #"{"Ref": "Role"}"#,
    #"{"Fn::Sub": "${Role.Arn}"}"#, #"{"Fn::Sub": "${Role}"}"#,
    #"{"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}"}"#,
    #"{"Fn::Join": ["", ["arn:aws:iam::", {"Ref": "AWS::AccountId"}, ":role/x/", {"Ref": "Role"}]]}"#,
  ])
  func theRoleThatTheTemplateMakes(_ reference: String) throws {
    let template = RoleTemplate(taskRole: reference)
    let injection = try template.inject()
    #expect(try RoleTemplate.policies(injection) == Self.granted)
    #expect(Self.findings(injection) == [])
    #expect(try Injector.uninject(injection.output).text == template.json)
  }

  @Test(arguments: [
    (#""arn:aws:iam::111122223333:role/Role""#, "'arn:aws:iam::111122223333:role/Role'"),
    (#"{"Ref": "Given"}"#, #"{"Ref":"Given"}"#),
    (#"{"Fn::ImportValue": "Role"}"#, #"{"Fn::ImportValue":"Role"}"#),
    (#"{"Fn::If": ["A", {"Ref": "Role"}, "b"]}"#, #"{"Fn::If":["A",{"Ref":"Role"},"b"]}"#),
    (#"{"Fn::GetAtt": ["Role", "RoleId"]}"#, #"{"Fn::GetAtt":["Role","RoleId"]}"#),
    (#"{"Fn::GetAtt": ["Web", "Arn"]}"#, #"{"Fn::GetAtt":["Web","Arn"]}"#),
    (#"{"Fn::Sub": "my-${Role}"}"#, #"{"Fn::Sub":"my-${Role}"}"#),
  ])
  func saysWhatAnyOtherRoleMustAllow(_ reference: String, _ spelled: String) throws {
    let injection = try RoleTemplate(taskRole: reference).inject()
    #expect(try RoleTemplate.policies(injection) == [])
    #expect(
      Self.findings(injection).map(FilterRun.line) == [
        "warning [role-elsewhere] at /Resources/Web/Properties/TaskRoleArn: The task role of Web "
          + "is \(spelled), which this template does not define, so these permissions are not "
          + "added to it: EnvoyReadsItsConfiguration.; fix: Allow them where the role is defined. "
          + "'inject-envoy policy --resource Web' prints the policy."
      ])
  }

  @Test func aMissingRoleIsNotMadeUp() throws {
    let template = RoleTemplate(taskRole: #"{"Ref": "Role"}"#)
    let without = template.json.replacing(#""TaskRoleArn": {"Ref": "Role"}"#, with: #""Cpu": 256"#)
    let injector = Injector(try .appMesh())
    let injection = try injector.inject(Array(without.utf8))
    #expect(try RoleTemplate.policies(injection) == [])
    #expect(injection.warnings.map(\.code).contains("no-task-role"))
  }

  @Test(arguments: [
    #""Policies": []"#, #""Policies": [ ]"#, #""Policies": null"#, #""Path": "/x/""#,
    #""Policies": [{"PolicyName": "own", "PolicyDocument": {}}]"#,
    "\"Policies\": [\n  {\"PolicyName\": \"own\"}\n ]",
  ])
  func policiesThatAreThereStay(_ members: String) throws {
    let template = RoleTemplate(role: members)
    let injection = try template.inject()
    #expect(try RoleTemplate.policies(injection).last == Self.granted[0])
    #expect(try Injector.uninject(injection.output).text == template.json)
  }

  @Test func aListThatAFunctionDecidesStays() throws {
    let injection = try RoleTemplate(role: #""Policies": {"Fn::If": ["A", [], []]}"#).inject()
    #expect(
      Self.findings(injection).map(\.text.spelled) == [
        "The task role of Web is Role, whose policies an intrinsic function decides, so these "
          + "permissions are not added to it: EnvoyReadsItsConfiguration."
      ])
  }

  /// For example, a role that was renamed in the template.
  @Test func aPolicyOfTheSameNameIsRefused() throws {
    let template = RoleTemplate(role: #""Policies": [{"PolicyName": "inject-envoy"}]"#)
    #expect(
      Injecting.refusals { try template.inject() }.last
        == "error [policy-name-taken] at /Resources/Role/Properties/Policies/0: The role Role has a "
        + "policy 'inject-envoy' that no injected task of the template added. A role cannot have two "
        + "policies of one name.; fix: Remove that policy. It is left over from an injection "
        + "that was only partly removed.")
  }

  @Test func oneRoleForBoth() throws {
    var template = RoleTemplate()
    template.task = #""ExecutionRoleArn": {"Ref": "Role"}"#
    let injection = try template.inject { $0.secrets = [NamedValue(name: "A", value: "a")] }
    #expect(
      try RoleTemplate.policies(injection) == [
        "inject-envoy: EnvoyReadsItsConfiguration, ReadParameters"
      ])
    #expect(try Injector.uninject(injection.output).text == template.json)
  }

  @Test func aSecretThatAFunctionDecidesIsReported() throws {
    let log =
      #", "LogConfiguration": {"LogDriver": "splunk", "SecretOptions": ["#
      + #"{"Name": "token", "ValueFrom": {"Ref": "Given"}}]}"#
    let template = RoleTemplate.task(#""TaskRoleArn": {"Ref": "Role"}"#, app: log)
    var whole = RoleTemplate()
    whole.more = #""Logged": \#(template)"#
    let injection = try whole.inject()
    #expect(Self.findings(injection).map(\.code) == ["undecided-secret"])
  }

  @Test func plainTaskDefinitionsAreLeftAlone() throws {
    let options = try InjectionOptions.appMesh()
    let injection = try Injector(options).inject(PolicyCase.task(#""taskRoleArn": "r","#))
    #expect(Self.findings(injection) == [])
    #expect(injection.edits.allSatisfy { $0.reason.filter != GrantPermissions.name })
  }
}
