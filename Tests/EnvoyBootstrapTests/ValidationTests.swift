import EnvoyBootstrap
import LosslessJSON
import Testing

/// Real Envoy loads every configuration that can be asked for, without a word of complaint.
@Suite(.needsEnvoy) struct ValidationTests {
  @Test func theBinaryHasTheVersionOfTheImage() throws {
    let envoy = try #require(RealEnvoy.path, RealEnvoy.howToGet)
    let (_, output) = try RealEnvoy.run(envoy, "--version")
    #expect(output.contains("/\(EnvoyImage.testedVersion)/"))
  }

  @Test func sidecars() async throws { try await validate(Combinations.sidecars()) }

  @Test func gateways() async throws { try await validate(Combinations.gateways()) }

  @Test func xdsSidecars() async throws { try await validate(Combinations.xdsSidecars()) }

  @Test func complaintsAreFound() throws {
    var bootstrap = try XDSSidecar(
      server: .init(node: Combinations.node), managementServer: .init("xds", 1)
    ).bootstrap()
    bootstrap.dynamicResources = .init(cluster: "nowhere", initialFetchTimeout: .seconds(1))
    #expect(try RealEnvoy.complaints(about: bootstrap)?.contains("nowhere") == true)
  }

  /// Two at a time: each Envoy takes a core.
  private func validate(_ bootstraps: [Bootstrap]) async throws {
    #expect(!bootstraps.isEmpty)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, bootstrap) in bootstraps.enumerated() {
        if index >= 2 { try await group.next() }
        group.addTask {
          if let complaints = try RealEnvoy.complaints(about: bootstrap) {
            Issue.record("\(complaints)\nin \(bootstrap.json.compactText)")
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
