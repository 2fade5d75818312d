import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct WaitForTracingDaemonTests {
  @Test func letsEnvoyWait() throws {
    let run = try FilterRun(
      WaitForTracingDaemon(), on: task(), envoy: ["name": "envoy"], daemon: ["name": "traces"])
    #expect(
      run.edits == [
        #"add /containerDefinitions/0/dependsOn [{"containerName":"traces","condition":"START"}]"#
      ])
  }

  @Test func appendsToWhatAnOverrideAskedFor() throws {
    let run = try FilterRun(
      WaitForTracingDaemon(), on: task(),
      envoy: ["name": "envoy", "dependsOn": [["containerName": "certs", "condition": "SUCCESS"]]],
      daemon: ["name": "traces"])
    #expect(
      run.edits == [
        #"add /containerDefinitions/0/dependsOn/1 {"containerName":"traces","condition":"START"}"#
      ])
  }
}
