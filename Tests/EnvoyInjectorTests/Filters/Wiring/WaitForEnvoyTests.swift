import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct WaitForEnvoyTests {
  private static let wait = #"{"containerName":"envoy","condition":"HEALTHY"}"#

  private func edits(_ document: String, selection: ContainerSelection = .init()) throws -> [String]
  {
    try FilterRun(
      WaitForEnvoy(containerName: "envoy"), on: document, envoy: ["name": "envoy"],
      selection: selection
    )
    .edits
  }

  @Test func letsEveryApplicationWait() throws {
    #expect(
      try edits(task(containers: #""name": "a""#, #""name": "b", "dependsOn": null"#)) == [
        "add /containerDefinitions/0/dependsOn [\(Self.wait)]",
        "replace /containerDefinitions/1/dependsOn [\(Self.wait)]",
      ])
  }

  @Test func appendsToWhatIsThere() throws {
    let db = #"[{"containerName": "db", "condition": "START"}]"#
    #expect(
      try edits(
        task(containers: #""name": "a", "dependsOn": \#(db)"#, #""name": "db", "dependsOn": []"#))
        == [
          "add /containerDefinitions/0/dependsOn/1 \(Self.wait)",
          "add /containerDefinitions/1/dependsOn/0 \(Self.wait)",
        ])
  }

  @Test func sparesDaemonsLogRoutersAndUnselectedContainers() throws {
    let document = task(
      containers: #""name": "x", "image": "amazon/aws-xray-daemon""#,
      #""name": "log", "firelensConfiguration": {"type": "fluentbit"}"#, #""name": "agent""#,
      #""name": "app""#)
    #expect(
      try edits(document, selection: ContainerSelection(skip: ["agent"])) == [
        "add /containerDefinitions/3/dependsOn [\(Self.wait)]"
      ])
  }

  @Test func letsInitContainersWaitAsWell() throws {
    let document = task(
      containers: #""name": "init", "essential": false"#,
      #""name": "app", "dependsOn": [{"containerName": "init", "condition": "SUCCESS"}]"#)
    #expect(try edits(document).count == 2)
  }

  @Test func sparesWhatEnvoyItselfWaitsFor() throws {
    let run = try FilterRun(
      WaitForEnvoy(containerName: "envoy"),
      on: task(
        containers: #""name": "certs", "dependsOn": [{"containerName": "vault"}]"#,
        #""name": "vault", "dependsOn": [{"containerName": "certs"}]"#, #""name": "app""#),
      envoy: ["name": "envoy", "dependsOn": [["containerName": "certs"]]])
    #expect(run.edits == ["add /containerDefinitions/2/dependsOn [\(Self.wait)]"])
  }
}
