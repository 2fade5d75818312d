import CommandTesting
import Foundation
import Testing

/// A mesh whose stack is still deployed, but whose template is lost: the AWS CLI prints it again.
@Suite(.isSlowProof, .needsRealParts) struct StackMeshSourceTests {
  /// moto stores the templates of App Mesh resources, but does not create the resources.
  @Test(.timeLimit(.minutes(10))) func theDeployedStackIsTheMesh() throws {
    let aws = try #require(RealParts.aws)
    let folder = try TemporaryFolder()
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      func save(_ arguments: String..., to name: String) throws -> String {
        let outcome = try server.run(["cloudformation"] + arguments + ["--stack-name", "shop"])
        try #require(outcome.status == 0, "\(arguments) \(outcome.errors)")
        return try folder.write(outcome.output, to: name)
      }
      _ = try save(
        "create-stack", "--template-body", "file://\(Sample.shop)", "--parameters",
        "ParameterKey=Domain,ParameterValue=deployed.example", to: "created.json")
      let template = try save("get-template", to: "template.json")
      let stacks = try save("describe-stacks", to: "stacks.json")
      let deployed = try bootstrap([template, stacks])
      #expect(deployed.contains("orders-v1.deployed.example"))
      #expect(try deployed == bootstrap([Sample.shop], "--parameter", "Domain=deployed.example"))
      #expect(try bootstrap([template]) == bootstrap([Sample.shop]))
    }
  }

  /// Envoy's configuration of the node `web`.
  private func bootstrap(_ files: [String], _ options: String...) throws -> String {
    let meshes = files.flatMap { ["--mesh-file", $0] }
    let outcome = try Outcome.ofCommand(
      ["bootstrap", "--node", "web"] + meshes + options, input: Sample.web)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }
}
