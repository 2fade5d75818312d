import CommandTesting
import Foundation
import Surroundings
import Testing

/// What `gateway --format terraform` prints, planned and applied by the real Terraform against moto.
@Suite(.needsRealParts, .enabled(if: TerraformParts.areWanted, TerraformParts.howToGet))
struct GatewayTerraformProofTests {
  @Test(.timeLimit(.minutes(10))) func isAppliedAndThenUpToDate() throws {
    let folder = try TemporaryFolder()
    let printed = try Outcome.ofCommand(
      ["gateway", "--format", "terraform", "--mesh-file", Sample.shop, "--gateway", "door"])
    try #require(printed.status == 0, "\(printed.errors)")
    try folder.write(printed.output, to: "gateway.tf")
    let aws = try #require(RealParts.aws)
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      try folder.write(Self.provider(server), to: "provider.tf")
      try folder.write(Self.variables(server, aws), to: "terraform.tfvars")
      try run(folder, "init", "-input=false", "-plugin-dir=\(try #require(TerraformParts.plugins))")
      try run(folder, "validate")
      try run(folder, "apply", "-auto-approve", "-input=false")
      let plan = try run(folder, "plan", "-input=false")
      let changes = plan.output.components(separatedBy: "\n")
        .filter { $0.contains(#/^ +[+~-] /#) }
        .map { $0.split(separator: " ").joined(separator: " ") }
      // moto does not return this attribute of a service. The first line is the legend of the plan.
      let known = [
        "~ update in-place", #"~ resource "aws_ecs_service" "gateway" {"#,
        #"+ availability_zone_rebalancing = "DISABLED""#,
      ]
      #expect(changes == known, "\(plan.output)")
    }
  }

  @Test(arguments: [
    ["gateway", "--format", "terraform", "--mesh-file", Sample.shop, "--gateway", "door"],
    ["policy", "--format", "terraform", Folders.testdata.path + "/fargate-web/input.json"],
  ])
  func isFormatted(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let printed = try Outcome.ofCommand(arguments)
    try #require(printed.status == 0, "\(printed.errors)")
    try folder.write(printed.output, to: "printed.tf")
    try run(folder, "fmt", "-check", "-diff")
  }

  @discardableResult
  private func run(_ folder: TemporaryFolder, _ arguments: String...) throws -> Outcome {
    let outcome = try #require(TerraformParts.terraform).run(
      arguments + (arguments[0] == "init" ? [] : ["-no-color"]),
      environment: ["PATH": Program.searchPath, "CHECKPOINT_DISABLE": "1"], in: folder.path)
    try #require(outcome.status == 0, "\(arguments) \(outcome.output) \(outcome.errors)")
    return outcome
  }

  private static func provider(_ server: MotoServer) -> String {
    let endpoint = server.environment["AWS_ENDPOINT_URL"] ?? ""
    let services = ["ec2", "ecs", "elbv2", "iam", "logs", "servicediscovery", "sts"]
    let endpoints = services.map { "    \($0) = \"\(endpoint)\"" }.joined(separator: "\n")
    return """
      provider "aws" {
        region                      = "eu-west-1"
        access_key                  = "test"
        secret_key                  = "test"
        skip_credentials_validation = true
        skip_metadata_api_check     = true
        skip_requesting_account_id  = true
        endpoints {
      \(endpoints)
        }
      }

      """
  }

  /// The network that moto has from the start, with a cluster and a namespace in it.
  private static func variables(_ server: MotoServer, _ aws: Program) throws -> String {
    func call(_ arguments: String...) throws -> String {
      let outcome = try aws.run(
        arguments + ["--output", "text"], environment: server.environment)
      try #require(outcome.status == 0, "\(arguments) \(outcome.errors)")
      return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let cluster = try call(
      "ecs", "create-cluster", "--cluster-name", "shop", "--query", "cluster.clusterArn")
    let vpc = try call("ec2", "describe-vpcs", "--query", "Vpcs[0].VpcId")
    let subnets = try call("ec2", "describe-subnets", "--query", "Subnets[:2].SubnetId")
      .split(separator: "\t").map { "\"\($0)\"" }.joined(separator: ", ")
    _ = try call(
      "servicediscovery", "create-private-dns-namespace", "--name", "shop.local", "--vpc", vpc)
    let namespace = try call("servicediscovery", "list-namespaces", "--query", "Namespaces[0].Id")
    return """
      cluster                  = "\(cluster)"
      vpc_id                   = "\(vpc)"
      subnet_ids               = [\(subnets)]
      load_balancer_subnet_ids = [\(subnets)]
      client_cidr              = "10.0.0.0/8"
      namespace_id             = "\(namespace)"

      """
  }
}
