import CommandTesting
import Foundation
import LosslessJSON
import Testing

/// Checks the template of `gateway --format cloudformation` with cfn-lint, and with moto's CloudFormation as
/// far as moto supports it.
@Suite(.isSlowProof, .needsRealParts) struct GatewayStackProofTests {
  private static let variants: [[String]] = [
    ["--mesh-file", Sample.shop, "--gateway", "door"],
    ["--upstream", "web=web.internal:8080", "--port", "8080", "--port", "8443"],
    [
      "--upstream", "web=web.internal:8080", "--tracing", "xray", "--secret", "A=/a", "--family",
      "front",
    ],
    [
      "--upstream", "web=web.internal:8080", "--task-role-arn", "arn:aws:iam::111122223333:role/t",
      "--execution-role-arn", "arn:aws:iam::111122223333:role/e",
    ],
  ]

  private func template(_ arguments: [String]) throws -> String {
    let outcome = try Outcome.ofCommand(["gateway", "--format", "cloudformation"] + arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  @Test(arguments: variants) func isClean(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(template(arguments), to: "gateway.json")
    let outcome = try #require(Program(named: "cfn-lint")).run(["--", file])
    #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.output)")
  }

  /// Terraform is not among the tests' tools. python-hcl2 parses the same language.
  @Test(arguments: variants) func terraformIsHCL(arguments: [String]) throws {
    let outcome = try Outcome.ofCommand(["gateway", "--format", "terraform"] + arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let folder = try TemporaryFolder()
    let file = try folder.write(outcome.output, to: "gateway.tf")
    let script = "import hcl2, sys; print(len(hcl2.load(open(sys.argv[1]))['resource']))"
    let read = try #require(RealParts.python).run(["-c", script, file])
    #expect(read.status == 0, "\(read.errors)")
    let count = try #require(Int(read.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(count >= 9)
  }

  /// moto treats every load balancer as an application load balancer, and does not support Cloud Map in
  /// templates. Only these two things are changed for it.
  @Test(.timeLimit(.minutes(10))) func isDeployed() throws {
    let text = try template(Self.variants[2])
      .replacing(#""Type": "network""#, with: #""Type": "application""#)
      .replacing(#""Protocol": "TCP""#, with: #""Protocol": "HTTP""#)
      .replacing(#""HealthCheckProtocol": "TCP""#, with: #""HealthCheckProtocol": "HTTP""#)
    let document = try Document(Array(text.utf8))
    let reduced = document.value(document.root).merging(["Resources": ["Registry": .null]])
      .merging(["Resources": ["Service": ["Properties": ["ServiceRegistries": .null]]]])
    let folder = try TemporaryFolder()
    let file = try folder.write(reduced.compactText, to: "gateway.json")
    let aws = try #require(RealParts.aws)
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      func call(_ arguments: String...) throws -> String {
        let outcome = try aws.run(arguments, environment: server.environment)
        #expect(outcome.status == 0, "\(arguments) \(outcome.errors)")
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
      }
      _ = try call("ecs", "create-cluster", "--cluster-name", "shop")
      let vpc = try call(
        "ec2", "describe-vpcs", "--query", "Vpcs[0].VpcId", "--output", "text")
      let subnets = try call(
        "ec2", "describe-subnets", "--query", "Subnets[:2].SubnetId", "--output", "text"
      ).split(separator: "\t").joined(separator: "\\,")
      _ = try call(
        "cloudformation", "create-stack", "--stack-name", "door", "--template-body",
        "file://\(file)", "--capabilities", "CAPABILITY_IAM", "--parameters",
        "ParameterKey=Cluster,ParameterValue=shop", "ParameterKey=Vpc,ParameterValue=\(vpc)",
        "ParameterKey=Subnets,ParameterValue=\(subnets)",
        "ParameterKey=LoadBalancerSubnets,ParameterValue=\(subnets)",
        "ParameterKey=ClientCidr,ParameterValue=10.0.0.0/8")
      let status = try call(
        "cloudformation", "describe-stacks", "--stack-name", "door", "--query",
        "Stacks[0].[StackStatus, length(Outputs)]", "--output", "text")
      #expect(status == "CREATE_COMPLETE\t3")
      let exports = try call(
        "cloudformation", "list-exports", "--query", "sort(Exports[].Name)", "--output", "text")
      #expect(exports == "door-LoadBalancerDNS\tdoor-ServiceArn\tdoor-TaskSecurityGroupId")
      let task = try server.ecs("describe-task-definition", "--task-definition", "front").output
      #expect(task.contains("inject-envoy.io/gateway") && task.contains("awslogs-group"))
    }
  }
}
