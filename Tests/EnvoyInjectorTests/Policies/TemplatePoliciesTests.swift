import LosslessJSON
import RolePolicies
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// The policies for a template, in which functions stay functions.
@Suite struct TemplatePoliciesTests {
  private static let own = "${AWS::Partition}:SERVICE:${AWS::Region}:${AWS::AccountId}"
  private static let ssm = "arn:" + own.replacing("SERVICE", with: "ssm") + ":parameter"
  private static let groups = "arn:" + own.replacing("SERVICE", with: "logs") + ":log-group"

  /// The statements as `Sid: resource, …`, in the form for the template and in the form for IAM.
  private static func lines(
    _ statements: [PolicyStatement]
  ) -> (template: [String], pattern: [String]) {
    let lines = { (spelling: (TemplateText) -> String) in
      statements.map { "\($0.sid): " + $0.resources.map(spelling).joined(separator: ", ") }
    }
    return (lines { $0.value.string ?? $0.value.compactText }, lines(\.pattern))
  }

  private static func statements(
    _ template: RoleTemplate, _ envoy: JSONValue? = nil
  ) throws -> (template: [String], pattern: [String]) {
    var options = InjectionOptions()
    options.envoyContainer = envoy
    options.resources = ["Web"]
    let policies = try Injector(options).policies(for: Array(template.json.utf8))
    #expect(policies.family == "Web" && policies.taskRole == .made("Role"))
    return lines(policies.executionStatements)
  }

  private static let resources = """
    "Secret": {"Type": "AWS::SecretsManager::Secret"},
    "Slash": {"Type": "AWS::SSM::Parameter", "Properties": {"Name": {"Fn::Sub": "/${Given}/a"}}},
    "Plain": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String"}},
    "Unclear": {"Type": "AWS::SSM::Parameter", "Properties": {"Name": {"Ref": "Given"}}},
    "Logs": {"Type": "AWS::Logs::LogGroup"}
    """

  @Test(
    arguments: [
      (["Ref": "Secret"], #"ReadSecrets: {"Ref":"Secret"}"#, "ReadSecrets: *"),
      (["Fn::Sub": "${Secret}:key::"], #"ReadSecrets: {"Ref":"Secret"}"#, "ReadSecrets: *"),
      (
        ["Fn::Sub": "arn:${AWS::Partition}:secretsmanager:r:1:secret:a/${Given}:key::"],
        #"ReadSecrets: {"Fn::Sub":"arn:${AWS::Partition}:secretsmanager:r:1:secret:a/${Given}-??????"}"#,
        "ReadSecrets: arn:*:secretsmanager:r:1:secret:a/*-??????"
      ),
      (
        "b/c", #"ReadParameters: {"Fn::Sub":"\#(ssm)/b/c"}"#,
        "ReadParameters: arn:aws:ssm:*:*:parameter/b/c"
      ),
      (
        ["Fn::Sub": "/b/${Given}"], #"ReadParameters: {"Fn::Sub":"\#(ssm)/b/${Given}"}"#,
        "ReadParameters: arn:aws:ssm:*:*:parameter/b/*"
      ),
      (
        ["Ref": "Slash"], #"ReadParameters: {"Fn::Sub":"\#(ssm)${Slash}"}"#,
        "ReadParameters: arn:aws:ssm:*:*:parameter*"
      ),
      (
        ["Ref": "Plain"], #"ReadParameters: {"Fn::Sub":"\#(ssm)/${Plain}"}"#,
        "ReadParameters: arn:aws:ssm:*:*:parameter/*"
      ),
      (["Ref": "Unclear"], nil, nil), (["Ref": "Given"], nil, nil),
      (["Fn::ImportValue": "Secret"], nil, nil),
    ] as [(JSONValue, String?, String?)])
  func secrets(_ valueFrom: JSONValue, _ template: String?, _ pattern: String?) throws {
    var whole = RoleTemplate()
    whole.more = Self.resources
    let secret: JSONValue = ["name": "A", "valueFrom": valueFrom]
    let found = try Self.statements(whole, ["secrets": [secret]])
    #expect(found.template == [template].compactMap { $0 })
    #expect(found.pattern == [pattern].compactMap { $0 })
  }

  @Test(arguments: [
    (#"{"Ref": "Logs"}"#, "", [#"WriteLogs: {"Fn::GetAtt":["Logs","Arn"]}"#]),
    (#"{"Fn::Sub": "/x/${Given}"}"#, "", [#"WriteLogs: {"Fn::Sub":"\#(groups):/x/${Given}:*"}"#]),
    (
      #"{"Fn::If": ["A", "b", "c"]}"#, "",
      [#"WriteLogs: {"Fn::Sub":["\#(groups):${Value1}:*",{"Value1":{"Fn::If":["A","b","c"]}}]}"#]
    ),
    (
      #"{"Ref": "Logs"}"#, #", "awslogs-create-group": {"Ref": "Given"}"#,
      [
        #"WriteLogs: {"Fn::GetAtt":["Logs","Arn"]}"#,
        #"CreateLogGroup: {"Fn::Sub":"\#(groups):${Logs}"}, {"Fn::Sub":"\#(groups):${Logs}:*"}"#,
      ]
    ),
    (
      #""/x""#, #", "awslogs-create-group": "false", "awslogs-region": "us-west-2""#,
      [
        "WriteLogs: "
          + #"{"Fn::Sub":"arn:${AWS::Partition}:logs:us-west-2:${AWS::AccountId}:log-group:/x:*"}"#
      ]
    ),
  ])
  func logs(_ group: String, _ options: String, _ expected: [String]) throws {
    let members = #""TaskRoleArn": {"Ref": "Role"}"#
    let app =
      #", "LogConfiguration": {"LogDriver": "awslogs", "Options": {"awslogs-group": "#
      + group + options + "}}"
    var template = RoleTemplate()
    template.more = Self.resources
    let json = template.json.replacing(
      RoleTemplate.task(#""TaskRoleArn": \#(template.taskRole)"#),
      with: RoleTemplate.task(members, app: app))
    let policies = try Injector(InjectionOptions()).policies(for: Array(json.utf8))
    #expect(Self.lines(policies.executionStatements).template == expected)
  }

  /// The default of a parameter counts if the template is not being deployed.
  @Test(arguments: [
    (PolicyCase.node, #"{"Ref":"Given"}"#, PolicyCase.node),
    (
      "mesh/shop/virtualNode/web",
      #"{"Fn::Sub":"arn:\#(own.replacing("SERVICE", with: "appmesh")):${Given}"}"#,
      "arn:aws:appmesh:*:*:mesh/shop/virtualNode/web"
    ),
  ])
  func aNodeThatAParameterNames(_ given: String, _ template: String, _ pattern: String) throws {
    var options = try InjectionOptions.appMesh()
    options.patches = try JSONPatch([
      [
        "op": "replace", "path": "/containerDefinitions/1/environment",
        "value": [["name": "APPMESH_RESOURCE_ARN", "value": ["Ref": "Given"]]],
      ]
    ])
    let json = RoleTemplate().json
      .replacing(#""Type": "String""#, with: #""Type": "String", "Default": "\#(given)""#)
    let policies = try Injector(options).policies(for: Array(json.utf8))
    let found = Self.lines(policies.taskStatements)
    #expect(found.template == ["EnvoyReadsItsConfiguration: \(template)"])
    #expect(found.pattern == ["EnvoyReadsItsConfiguration: \(pattern)"])
  }

  /// In one case the role is in the template. In the other its name is unknown.
  @Test func printing() throws {
    let policies = try Injector(.appMesh("mesh/shop/virtualNode/web"))
      .policies(for: Array(RoleTemplate().json.utf8))
    let template = PolicyFormat.cloudformation.text([policies], withTrust: false)
    #expect(template.contains(#""Ref": "Role""#) && template.contains("${AWS::AccountId}"))
    #expect(template.contains(#""PolicyName": "inject-envoy-Web-task""#))
    let json = PolicyFormat.json.text([policies], withTrust: false)
    #expect(json.contains(#""arn:aws:appmesh:*:*:mesh/shop/virtualNode/web""#))
  }
}
