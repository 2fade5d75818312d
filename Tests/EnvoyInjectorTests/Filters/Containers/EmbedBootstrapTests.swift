import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct EmbedBootstrapTests {
  private func run(_ options: InjectionOptions, _ mapping: String) throws -> FilterRun {
    try FilterRun(
      EmbedBootstrap(plan: Plan(options: options)),
      on: task(
        #""family": "web""#, containers: #""name": "app", "portMappings": [{\#(mapping)}]"#),
      envoy: ["name": "envoy"])
  }

  @Test func writesTheConfigurationBehindADrainingEntryPoint() throws {
    let run = try run(InjectionOptions(), #""containerPort": 8080, "appProtocol": "http""#)
    let places = run.edits.map { $0.split(separator: " ")[1] }
    #expect(
      places == [
        "/containerDefinitions/1/entryPoint", "/containerDefinitions/1/command",
        "/containerDefinitions/1/readonlyRootFilesystem",
      ])
    #expect(run.edits[1].contains(#"["--config-yaml","{"#))
    #expect(
      run.edits[1].hasSuffix(
        #""--log-level","info","--concurrency","2","--disable-hot-restart"]"#))
    let bootstrap = try EditOracle.parse(try #require(run.context.bootstrap))
    #expect(bootstrap["node"] == ["id": "web", "cluster": "web"])
    #expect(run.findings == [])
  }

  @Test func leavesTheThreadsToEnvoy() throws {
    var options = InjectionOptions()
    options.concurrency = 0
    let run = try run(options, "")
    #expect(!run.edits[1].contains("--concurrency"))
  }

  /// 65,535 ports would make a configuration of 55 MB for a task that is rejected.
  @Test(.timeLimit(.minutes(15))) func leavesMorePortsThanECSRedirectsAlone() throws {
    let many = #""containerPortRange": "1-65535""#
    #expect(try run(InjectionOptions(), many).edits == [])
    var options = InjectionOptions()
    options.disabledFilters = [RedirectTraffic.name]
    #expect(try run(options, #""containerPortRange": "1000-1015""#).edits.count == 3)
  }

  @Test func refusesUnknownProtocols() throws {
    let run = try run(InjectionOptions(), #""containerPort": 1, "appProtocol": "spdy""#)
    #expect(
      run.findings == [
        "error [unknown-app-protocol] at /containerDefinitions/0/portMappings/0/appProtocol: "
          + "'spdy' is not an appProtocol that ECS supports, so Envoy cannot parse the traffic.; "
          + "fix: Write http, http2, or grpc, or remove appProtocol."
      ])
  }

  @Test func handsOnWhyAConfigurationIsImpossible() throws {
    var options = InjectionOptions()
    options.ingressPort = 15001
    let run = try run(options, #""containerPort": 8080"#)
    #expect(run.edits == [])
    #expect(run.findings.count == 1)
    #expect(
      run.findings[0].hasPrefix(
        "error [impossible-configuration] at /containerDefinitions: Port 15001 is both ingress "
          + "and egress port. Only one listener can use a port.; fix: Choose another port with "
          + "--ingress-port, --egress-port, --admin-port or --metrics."))
  }
}
