import CommandTesting
import Testing

/// Checks the permissions that inject adds to a template's roles with moto's CloudFormation and IAM, cfn-lint
/// and AWS's own policies.
@Suite(.isSlowProof, .needsRealParts) struct TemplateRoleProofTests {
  /// The calls that the containers make are derived from the deployed task definitions.
  @Test func deployedRolesAllowWhatIsCalledAndNoMore() throws {
    let templates = try TemporaryFolder()
    let cases = try InjectedDocument.golden().filter { $0.name.hasPrefix("template-roles") }
    try #require(!cases.isEmpty)
    for golden in cases { try templates.write(golden.output, to: golden.name) }
    try RealParts.run("template_roles.py", [templates.path])
    for golden in cases { try lint(templates.path + "/" + golden.name) }
  }

  @Test func nothingIsLeftOutThatAManagedPolicyDoesNotAllow() throws {
    let listed = try RealParts.outcome(of: "managed_policies.py", ["list"])
    let names = listed.output.split(separator: "\n").map(String.init)
    try #require(names.count > 20, "\(listed.errors)")
    let outcome = try Outcome.ofCommand(
      [
        "--virtual-node", "mesh/shop/virtualNode/web", "--tracing", "xray", "--secret", "A=/a",
        "--secret", "B=arn:aws:secretsmanager:eu-west-1:111122223333:secret:b", "--envoy-image",
        "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror/aws-appmesh-envoy:v1.34.13.3-prod",
      ], input: template(names))
    try #require(outcome.status == 0, "\(outcome.errors)")
    let folder = try TemporaryFolder()
    let file = try folder.write(outcome.output, to: "template.json")
    try RealParts.run("managed_policies.py", ["check", file])
  }

  private func lint(_ template: String) throws {
    let outcome = try #require(Program(named: "cfn-lint")).run(["--", template])
    #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.output)")
  }

  /// A template with one task per policy, one role that allows everything, and a task whose role has none.
  private func template(_ names: [String]) -> String {
    let arns = names.map { "\"arn:aws:iam::aws:policy/\($0)\"" } + [""]
    let resources = arns.enumerated().map { index, arn in
      let role = arn.isEmpty ? "Bare" : "Role\(index)"
      return """
        "Task\(index)": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
          "NetworkMode": "awsvpc", "TaskRoleArn": {"Ref": "\(role)"},
          "ExecutionRoleArn": {"Ref": "\(role)"}, "ContainerDefinitions": [{
            "Name": "app", "Image": "app:1", "PortMappings": [{"ContainerPort": 80}],
            "LogConfiguration": {"LogDriver": "awslogs", "Options": {
              "awslogs-group": "g", "awslogs-region": "eu-west-1",
              "awslogs-create-group": "true"}}}]}},
        "\(role)": {"Type": "AWS::IAM::Role", "Properties": {"ManagedPolicyArns": [\(arn)]}}
        """
    }
    return "{\"Resources\": {\(resources.joined(separator: ",\n"))}}\n"
  }
}
