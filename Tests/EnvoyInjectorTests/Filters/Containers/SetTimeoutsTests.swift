import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct SetTimeoutsTests {
  @Test func boundsStartAndStop() throws {
    let run = try FilterRun(
      SetTimeouts(startTimeoutSeconds: 60, stopTimeoutSeconds: 40), on: task(),
      envoy: ["name": "envoy"])
    #expect(
      run.edits == [
        "add /containerDefinitions/0/startTimeout 60", "add /containerDefinitions/0/stopTimeout 40",
      ])
  }
}
