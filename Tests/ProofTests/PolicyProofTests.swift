import CommandTesting
import Surroundings
import Testing

/// Checks policies with moto's IAM and CloudFormation, the AWS CLI, cfn-lint and an HCL parser. The checks are
/// in `policies.py`.
@Suite(.isSlowProof, .needsRealParts) struct PolicyProofTests {
  @Test func everyFormatOfEverySituation() throws {
    let cases = try TemporaryFolder()
    for situation in SlowProofs.sample(of: PolicySituation.all, every: 3) {
      let documents = try TemporaryFolder()
      var injected = ""
      var files: [String] = []
      for (index, document) in situation.documents.enumerated() {
        files.append(try documents.write(document, to: "\(index).json"))
        injected += try output(situation.arguments + ["--resize"], of: document)
      }
      try cases.write(injected, to: "\(situation.name)/injected.json")
      try writePolicies(
        of: files, situation.arguments + situation.policyArguments, to: situation.name, in: cases)
    }
    try RealParts.run("policies.py", [cases.path])
  }

  @Test func everyFormatOfAGateway() throws {
    let cases = try TemporaryFolder()
    let gateway = try output(
      [
        "gateway", "--virtual-gateway",
        "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualGateway/door",
        "--tracing", "xray", "--logs", "/door",
      ], of: "")
    let file = try cases.write(gateway, to: "gateway/injected.json")
    try writePolicies(of: [file], [], to: "gateway", in: cases)
    try RealParts.run("policies.py", [cases.path])
  }

  private func writePolicies(
    of files: [String], _ arguments: [String], to name: String, in cases: TemporaryFolder
  ) throws {
    for format in ["json", "cli", "cloudformation", "terraform"] {
      let text = try output(["policy", "--format", format] + arguments + files, of: "")
      try cases.write(text, to: "\(name)/\(format)")
    }
  }

  /// - Parameter document: the standard input.
  private func output(_ arguments: [String], of document: String) throws -> String {
    let outcome = try Program.injectEnvoy.run(arguments, input: document)
    try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
    return outcome.output
  }
}
