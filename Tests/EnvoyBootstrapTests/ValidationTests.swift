import EnvoyBootstrap
import LosslessJSON
import RealEnvoy
import Surroundings
import Testing

/// Real Envoy loads a sample of all possible configurations without a warning.
@Suite(.enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"))
struct ValidationTests {
  @Test func theBinaryHasTheVersionOfTheImage() throws {
    let envoy = try #require(RealEnvoy.path, "\(RealEnvoy.howToGet)")
    let (_, output) = try RealEnvoy.run(envoy, "--version")
    #expect(output.contains("/\(EnvoyImage.testedVersion)/"))
  }

  @Test func sidecars() async throws { try await validate(Combinations.sidecars()) }

  @Test func deployedSidecars() async throws { try await validate(Combinations.deployedSidecars()) }

  @Test func gateways() async throws { try await validate(Combinations.gateways()) }

  @Test func xdsSidecars() async throws { try await validate(Combinations.xdsSidecars()) }

  @Test func complaintsAreFound() throws {
    var bootstrap = try XDSSidecar(
      server: .init(node: Combinations.node), managementServer: .init("xds", 1)
    ).bootstrap()
    bootstrap.dynamicResources = .init(cluster: "nowhere", initialFetchTimeout: .seconds(1))
    let complaints = try RealEnvoy.complaints(about: bootstrap.json.compactText)
    #expect(complaints?.contains("nowhere") == true)
  }

  private func validate(_ bootstraps: [Bootstrap]) async throws {
    #expect(!bootstraps.isEmpty)
    let sample = SlowProofs.sample(of: bootstraps, every: 10).map(\.json.compactText)
    for complaint in try await RealEnvoy.complaints(about: sample) {
      Issue.record("\(complaint)")
    }
  }
}
