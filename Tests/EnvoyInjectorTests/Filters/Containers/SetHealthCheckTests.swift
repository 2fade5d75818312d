import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct SetHealthCheckTests {
  private func edits(_ timing: HealthTiming) throws -> [String] {
    try FilterRun(
      SetHealthCheck(command: ["CMD", "true"], timing: timing), on: task(),
      envoy: ["name": "envoy"]
    ).edits
  }

  @Test func asksEveryFewSeconds() throws {
    #expect(
      try edits(HealthTiming()) == [
        #"add /containerDefinitions/0/healthCheck {"command":["CMD","true"],"interval":5,"#
          + #""timeout":2,"retries":3,"startPeriod":10}"#
      ])
  }

  @Test func leavesOutAStartPeriodOfNothing() throws {
    var timing = HealthTiming()
    timing.startPeriod = 0
    #expect(try edits(timing).first?.contains("startPeriod") == false)
  }

  @Test func asksTheAppMeshImageWithItsCurl() {
    #expect(
      AppMeshAgent.healthCheckCommand(adminPort: 9911) == [
        "CMD-SHELL", "curl -s http://localhost:9911/server_info | grep state | grep -q LIVE",
      ])
  }
}
