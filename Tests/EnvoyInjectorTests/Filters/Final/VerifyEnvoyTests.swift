import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct VerifyEnvoyTests {
  private static let sound: JSONValue = [
    "name": "envoy", "user": "1337", "healthCheck": ["command": ["CMD", "true"]],
  ]

  private func findings(_ document: String, envoy: JSONValue = sound) throws -> [String] {
    try FilterRun(VerifyEnvoy(containerName: "envoy"), on: document, envoy: envoy).findings
  }

  private let waiting = task(
    containers: #""name": "app", "dependsOn": [{"containerName": "envoy", "condition": "HEALTHY"}]"#
  )

  @Test func acceptsWhatBelongsTogether() throws {
    #expect(try findings(waiting) == [])
    #expect(try findings(task(), envoy: ["name": "envoy", "user": "1337:0"]) == [])
    #expect(try findings(task(), envoy: ["name": "envoy"]) == [])
  }

  @Test func refusesALostEnvoy() throws {
    #expect(
      try findings(task(), envoy: ["name": "proxy", "user": "1337"]) == [
        "error [envoy-missing] at : the container 'envoy' that was added is gone after all "
          + "overrides and patches, or was renamed or moved; fix: leave it in its place, and name "
          + "it with --envoy-name or envoyContainer.name"
      ])
  }

  @Test func checksTheDocumentAgain() throws {
    let double = task(containers: #""name": "a""#, #""name": "a""#)
    #expect(try findings(double).first?.hasPrefix("error [duplicate-container]") == true)
    let crooked = task(#""volumes": {}"#, containers: #""name": "a""#)
    #expect(try findings(crooked).first?.hasPrefix("error [wrong-kind] at /volumes") == true)
  }
}
