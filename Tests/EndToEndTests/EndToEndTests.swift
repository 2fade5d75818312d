import Foundation
import RealEnvoy
import Testing

/// Injects plain task definitions, and runs them with real Envoy and the iptables rules that ECS writes.
/// The expectations of each scenario are in `Tests/EndToEnd`.
@Suite(
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"),
  .enabled(if: Namespaces.areExpected, "\(Namespaces.howToGet)"))
struct EndToEndTests {
  @Test(arguments: Scenario.all) func scenario(_ scenario: Scenario) async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "taskdef.json")
      try Data(InjectEnvoy.output(scenario.arguments).utf8).write(to: file)
      let (status, output) = try await Namespaces.run(
        "end_to_end.py", scenario.name, file.path, folder.path)
      #expect(status == 0, "\(output)")
      for line in output.split(separator: "\n") where line.hasPrefix("NOTE") { print(line) }
    }
  }
}

/// Deployment pipelines run `envsubst` over task definitions to fill in their own variables. It replaces
/// every other named shell variable by nothing, `$pid` as well as `${pid}`.
@Suite(
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"),
  .enabled(if: Namespaces.areExpected, "\(Namespaces.howToGet)"))
struct SubstitutionTests {
  /// With this many upstreams the configuration is compressed, and the start script unpacks it.
  @Test(arguments: [[], UpstreamOptions.many(80)])
  func startsAndDrainsAfterEnvsubst(upstreams: [String]) async throws {
    try await withTemporaryFolder { folder in
      let source = Namespaces.folder.appending(path: "taskdefs/web.json").path
      let (plain, file) = (
        folder.appending(path: "plain.json"), folder.appending(path: "task.json")
      )
      let options = [source, "--drain-seconds", "5", "--access-log", "all"]
      try Data(InjectEnvoy.output(options + upstreams).utf8).write(to: plain)
      let substituted = try RealEnvoy.run(
        "/bin/sh", "-c", "envsubst <\(plain.path) >\(file.path)")
      try #require(substituted.status == 0, "\(substituted.output)")
      let (status, output) = try await Namespaces.run(
        "end_to_end.py", "drain", file.path, folder.path)
      #expect(status == 0, "\(output)")
    }
  }
}

/// The document and options of an injection, and the function of `end_to_end.py` that tests the result.
struct Scenario: CustomTestStringConvertible {
  let name: String
  let arguments: [String]

  var testDescription: String {
    name + " " + String(arguments.dropFirst().joined(separator: " ").prefix(200))
  }

  static let all = [
    Scenario(
      "sidecar", "shop.json", "--envoy-memory", "256", "--egress-ignored-port", "22",
      "--egress-ignored-port", "9009", "--egress-ignored-ip", "10.99.0.7",
      "--upstream", "payments=payments.internal:8080",
      "--upstream", "two=payments.internal:9020/http2",
      "--upstream", "rpc=payments.internal:9030/grpc", "--upstream", "db=db.internal:9010/tcp",
      "--upstream", "nine=payments.internal:9000", "--upstream",
      "secure.test=payments.internal:443/tcp",
      "--egress-http-port", "7000", "--egress-tcp-port", "8888"),
    Scenario(
      "ports", "range.json", "--ingress-port", "16000", "--egress-port", "16001",
      "--admin-port", "16901"),
    Scenario(
      "order", "lifecycle.json", "--tracing", "xray", "--drain-seconds", "5", "--egress-http-port",
      "9000"),
    Scenario(
      "upstream-tls", "web.json", "--upstream", "payments=payments.internal:9541/https",
      "--upstream", "two=db.internal:9541/https", "--upstream", "rpc=payments.internal:9542/grpcs",
      "--upstream", "nine=payments.internal:9543/https",
      "--upstream-certificate", "nine=env:CHAIN,env:KEY", "--upstream-authority", "nine=env:CA",
      "--upstream", "secure.test=payments.internal:9543/https",
      "--upstream-authority", "secure.test=env:CA", "--secret", secret("CHAIN"),
      "--secret", secret("KEY"), "--secret", secret("CA")),
    Scenario(
      "metrics", "web.json", "--metrics", "9902", "--upstream", "payments=payments.internal:8080",
      "--upstream", "nine=payments.internal:9000", "--upstream",
      "db.internal=payments.internal:8080"),
    Scenario("metrics-pushed", "web.json", "--tracing", "otel", "--metrics", "otlp"),
    Scenario("drain", "web.json", "--drain-seconds", "5"),
    // This many upstreams make the configuration compressed.
    Scenario("drain", "web.json", ["--drain-seconds", "5"] + UpstreamOptions.many(80)),
    Scenario("job", "job.json", "--job", "--drain-seconds", "5", "--egress-http-port", "9000"),
    Scenario("tracing", "web.json", "--tracing", "otel", "--xray-sampling-rate", "1"),
    Scenario("tracing", "web.json", "--tracing", "xray", "--xray-sampling-rate", "1"),
    Scenario("xds", "web.json", "--xds", "10.213.0.1:18000", "--node-id", "orders-id"),
    // A closed port, an address without a host, and a name that does not resolve.
    Scenario("xds-unreachable", "web.json", "--xds", "10.213.0.1:18001"),
    Scenario("xds-unreachable", "web.json", "--xds", "10.99.0.66:18000", "--xds-tls"),
    Scenario("xds-unreachable", "web.json", "--xds", "nowhere.internal:18000"),
    Scenario(
      gateway: "--upstream", "payments=payments.internal:8080",
      "--upstream", "two=payments.internal:9020/http2", "--trusted-hops", "1",
      "--health-path", "/envoy/healthz"),
  ]

  private static let logging = ["--access-log", "all"]

  private static func secret(_ name: String) -> String {
    "\(name)=arn:aws:secretsmanager:eu-west-1:111122223333:secret:\(name.lowercased())"
  }

  private init(_ name: String, _ taskDefinition: String, _ options: String...) {
    self.init(name, taskDefinition, options)
  }

  private init(_ name: String, _ taskDefinition: String, _ options: [String]) {
    self.name = name
    let file = Namespaces.folder.appending(path: "taskdefs/\(taskDefinition)").path
    // An xDS server decides what is logged.
    arguments = [file] + options + (options.contains("--xds") ? [] : Self.logging)
  }

  private init(gateway options: String...) {
    name = "gateway"
    arguments = ["gateway"] + options + Self.logging
  }
}
