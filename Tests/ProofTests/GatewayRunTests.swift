import CommandTesting
import RealEnvoy
import Testing

/// Runs gateways from the built command with real Envoy, from a client to an upstream. The expectations are
/// in `Tests/EndToEnd/gateways.py`.
@Suite(
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"),
  .enabled(if: Namespaces.areExpected, "\(Namespaces.howToGet)"),
  .serialized)
struct GatewayRunTests {
  private static let services = [
    "--port", "3000", "--port", "3001", "--upstream", "payments=payments.internal:8080",
    "--upstream", "two=payments.internal:9020/http2",
    "--upstream", "rpc=payments.internal:9030/grpc",
  ]

  @Test(arguments: [
    ("gateway-by-host", services),
    ("gateway-tcp", ["--upstream", "db=db.internal:9010/tcp"]),
    ("gateway-stop", services + ["--drain-seconds", "5"]),
  ])
  func serves(_ scenario: String, _ options: [String]) async throws {
    let folder = try TemporaryFolder()
    let gateway = try Program.injectEnvoy.run(
      ["gateway", "--access-log", "all", "--health-path", "/envoy/healthz"] + options)
    try #require(gateway.status == 0, "\(gateway.errors)")
    let file = try folder.write(gateway.output, to: "gateway.json")
    let (status, output) = try await Namespaces.run("end_to_end.py", scenario, file, folder.path)
    #expect(status == 0, "\(output)")
  }
}
