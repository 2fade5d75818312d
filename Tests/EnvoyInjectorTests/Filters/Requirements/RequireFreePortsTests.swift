import TaskChecks
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct RequireFreePortsTests {
  private let filter = RequireFreePorts(
    reserved: [
      ReservedPort(number: 2000, owner: "the tracing daemon"),
      ReservedPort(number: 15000, owner: "Envoy's inbound listener"),
    ], tracing: .xray)

  private func app(_ mapping: String) -> String {
    task(containers: #""name": "app", "portMappings": [{\#(mapping)}]"#)
  }

  @Test(arguments: [
    #""containerPort": 8080"#, #""containerPort": null"#, #""containerPortRange": "14000-14999""#,
    #""hostPort": 15000"#,
  ])
  func acceptsOtherPorts(mapping: String) throws {
    #expect(try FilterRun(filter, on: app(mapping)).findings == [])
  }

  @Test(arguments: [
    #""containerPort": 15000"#, #""containerPort": "15000""#,
    #""containerPortRange": "14999-15001""#,
  ])
  func refusesEnvoysPorts(mapping: String) throws {
    #expect(
      try FilterRun(filter, on: app(mapping)).findings == [
        "error [port-taken] at /containerDefinitions/0/portMappings/0: Container 'app' uses "
          + "port 15000, which Envoy's inbound listener needs, so one of them cannot start.; fix: "
          + "Move the application to another port, or Envoy with --ingress-port, --egress-port, "
          + "--admin-port, or --metrics."
      ])
  }

  @Test func letsTheDaemonThatIsThereListen() throws {
    let ports = #""portMappings": [{"containerPort": 2000, "protocol": "udp"}]"#
    let daemon = #""name": "x", "image": "amazon/aws-xray-daemon", \#(ports)"#
    #expect(try FilterRun(filter, on: task(containers: daemon)).findings == [])
    #expect(try FilterRun(filter, on: task(containers: #""name": "x", \#(ports)"#)).findings != [])
  }
}
