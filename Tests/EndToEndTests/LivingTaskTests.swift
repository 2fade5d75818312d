import Foundation
import RealEnvoy
import Testing

/// A task whose Envoy asks Cloud Map, S3 and Secrets Manager itself, with moto as AWS. `Tests/EndToEnd/living` describes what is
/// expected.
@Suite(
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"),
  .enabled(if: Namespaces.areExpected, "\(Namespaces.howToGet)"))
struct LivingTaskTests {
  private static let living = Namespaces.folder.appending(path: "living").path
  private static let secret =
    "secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/tls-AbCdEf"

  @Test func endpointsAndWeightsChangeWhileTheTaskRuns() async throws {
    try await run(
      "weights", atLeast: 50,
      [
        "--mesh-file", "\(Self.living)/mesh.yaml", "--node", "web", "--live",
        "s3://mesh-objects/shop", "--live-interval", "1", "--discover-interval", "1",
      ])
  }

  @Test func aCertificateIsRotatedUnderLoad() async throws {
    try await run(
      "server", atLeast: 30,
      [
        "--mesh-file", "\(Self.living)/sealed.yaml", "--node", "web", "--certificate",
        "arn:aws:acm:eu-west-1:123456789012:certificate/1=\(Self.secret)",
      ])
  }

  @Test func theCertificateOfCallsIsRotated() async throws {
    try await run(
      "caller", atLeast: 4,
      [
        "--upstream", "payments=payments.internal:9543/https", "--upstream-certificate",
        "payments=\(Self.secret)",
      ])
  }

  @Test func aCertificateInVariablesIsServed() async throws {
    try await run(
      "variables", atLeast: 3,
      [
        "--mesh-file", "\(Self.living)/sealed.yaml", "--node", "web", "--certificate",
        "arn:aws:acm:eu-west-1:123456789012:certificate/1=env:CHAIN,env:KEY",
        "--secret", "CHAIN=/web/chain", "--secret", "KEY=/web/key",
      ])
  }

  private func run(_ rows: String, atLeast count: Int, _ options: [String]) async throws {
    try await withTemporaryFolder { folder in
      let definition = folder.appending(path: "web.json")
      let injected = try InjectEnvoy.output(options + ["\(Self.living)/web.json"])
      try Data(injected.utf8).write(to: definition)
      let (status, output) = try await Namespaces.run(
        "living_task.py", definition.path, folder.path, rows)
      let lines = output.split(separator: "\n")
      for line in lines where line.hasPrefix("NOTE") { print(line) }
      for line in lines where line.hasPrefix("FAIL") { Issue.record("\(line)") }
      #expect(lines.count { $0.hasPrefix("PASS") } >= count)
      #expect(status == 0, "\(output.suffix(5000))")
    }
  }
}
