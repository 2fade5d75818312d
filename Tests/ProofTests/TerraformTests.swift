import CommandTesting
import Foundation
import LosslessJSON
import Surroundings
import Testing

/// The article "Terraform and OpenTofu" by real Terraform with the provider of AWS, against moto.
///
/// The provider `external` may not be installed. Only its data source is replaced: Terraform evaluates the
/// query, the program answers it, and Terraform reads the answer from a file.
@Suite(.enabled(if: TerraformParts.areWanted, TerraformParts.howToGet)) struct TerraformTests {
  private let folder: TemporaryFolder
  private let terraform: Program

  init() throws {
    folder = try TemporaryFolder()
    terraform = try #require(TerraformParts.terraform, TerraformParts.howToGet)
    let article = try Folders.text(
      Folders.package.appendingPathComponent(
        "Sources/EnvoyInjector/EnvoyInjector.docc/Terraform.md"))
    let block = try #require(ConsoleExample.blocks("hcl", in: article).first)
    try folder.write(
      block.joined(separator: "\n")
        .replacing("data \"external\" \"envoy\" {", with: "locals {")
        .replacing("data.external.envoy.result", with: "jsondecode(file(\"answer.json\"))"),
      to: "main.tf")
  }

  @Test(.timeLimit(.minutes(15))) func theDocumentedBlockIsAppliedAndStays() throws {
    let (aws, moto) = (try #require(RealParts.aws), try #require(RealParts.motoServer))
    try MotoServer.run(moto, calledBy: aws) { server in
      try folder.write(
        """
        provider "aws" {
          skip_credentials_validation = true
          skip_requesting_account_id  = true
          skip_metadata_api_check     = true
        }
        """, to: "provider.tf")
      try run(["init", "-plugin-dir=\(try #require(TerraformParts.plugins))"], server)
      // Terraform evaluates all locals before it prints one.
      try folder.write(
        #"{"cpu": "", "memory": "", "container_definitions": "[]", "proxy_configuration": ""}"#,
        to: "answer.json")
      let query = try run(["console"], server, input: "jsonencode(local.query)\n")
      let text = try Document(Array(query.utf8))
      let answer = try Program.injectEnvoy.run(
        ["external"], input: try #require(text.value(text.root).string))
      try #require(answer.status == 0, "\(answer.errors)")
      try folder.write(answer.output, to: "answer.json")
      try run(["apply", "-auto-approve"], server)
      try run(["plan", "-detailed-exitcode"], server)
      let described = try server.ecs("describe-task-definition", "--task-definition", "web").output
      #expect(described.contains("proxyConfiguration") && described.contains("payments.internal"))
      let back = try Outcome.ofCommand(["uninject"], input: described)
      #expect(back.status == 0 && !back.output.contains("envoyproxy"), "\(back.errors)")
    }
  }

  @discardableResult
  private func run(
    _ arguments: [String], _ server: MotoServer, input: String = ""
  ) throws -> String {
    let outcome = try terraform.run(
      arguments + (arguments == ["console"] ? [] : ["-no-color", "-input=false"]),
      environment: server.environment.merging(["CHECKPOINT_DISABLE": "1"]) { _, new in new },
      in: folder.path, input: input)
    try #require(outcome.status == 0, "\(arguments): \(outcome.output)\n\(outcome.errors)")
    return outcome.output
  }
}
