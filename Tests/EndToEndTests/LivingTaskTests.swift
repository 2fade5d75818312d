import Foundation
import RealEnvoy
import Surroundings
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
      "server", atLeast: 34, Self.sealed(certificate: Self.secret, authority: Self.secret))
  }

  @Test func theCertificateOfCallsIsRotated() async throws {
    try await run(
      "caller", atLeast: 5,
      [
        "--upstream", "payments=payments.internal:9543/https", "--upstream-certificate",
        "payments=\(Self.secret)",
      ])
  }

  @Test func aCertificateInVariablesIsServed() async throws {
    try await run(
      "variables", atLeast: 4,
      Self.sealed(certificate: "env:CHAIN,env:KEY", authority: "env:CA")
        + ["--secret", "CHAIN=/web/chain", "--secret", "KEY=/web/key", "--secret", "CA=/web/ca"])
  }

  /// Measured: 0.7 to 0.9 ms a second, on a busy machine 1.0, and 6.7 to 7.9 MiB.
  @Test(.enabled(if: SlowProofs.areWanted, "\(SlowProofs.howToGet)"))
  func whatAskingAWSCosts() async throws {
    try await withTemporaryFolder { folder in
      let living = Self.sealed(certificate: Self.secret, authority: Self.secret)
      let definitions = try [
        "static": [
          "--upstream", "v1=orders.shop.local:9090", "--upstream", "v2=payments.internal:9090",
        ],
        "living": living + ["--live", "s3://mesh-objects/shop", "--metrics", "9902"],
      ].map { name, options in
        let file = folder.appending(path: "\(name).json")
        let injected = try InjectEnvoy.output(options + ["\(Self.living)/web.json"])
        try Data(injected.utf8).write(to: file)
        return file.path
      }.sorted(by: >)
      let (status, output) = try await Namespaces.run(
        "idle.py", definitions[0], definitions[1], folder.path, "60")
      #expect(status == 0, "\(output.suffix(3000))")
      print("NOTE", output)
      let more = try JSONDecoder().decode(IdleCost.self, from: Data(output.utf8)).more
      #expect(more.processor < 4 && more.memory < 10)
    }
  }

  private struct IdleCost: Decodable {
    struct Cost: Decodable {
      let processor: Double
      let memory: Double
    }

    let more: Cost
  }

  private static func sealed(certificate: String, authority: String) -> [String] {
    [
      "--mesh-file", "\(living)/mesh.yaml", "--mesh-file", "\(living)/sealed.yaml",
      "--node", "sealed",
      "--certificate", "arn:aws:acm:eu-west-1:123456789012:certificate/1=\(certificate)",
      "--authority", "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/1=\(authority)",
    ]
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
