import LosslessJSON
import Testing

@testable import EnvoyInjector

@Suite struct VerifyEnvoyTests {
  private static let sound: JSONValue = [
    "name": "envoy", "user": "1337", "healthCheck": ["command": ["CMD", "true"]],
  ]

  private func findings(
    _ document: String, envoy: JSONValue = sound, user: Int? = 1337
  ) throws -> [String] {
    try FilterRun(on: document, envoy: envoy) {
      VerifyEnvoy(containerName: "envoy", roles: $0.roles, user: user)
    }.findings
  }

  private let waiting = task(
    containers: #""name": "app", "dependsOn": [{"containerName": "envoy", "condition": "HEALTHY"}]"#
  )

  @Test func acceptsWhatBelongsTogether() throws {
    #expect(try findings(waiting) == [])
    #expect(try findings(task(), envoy: ["name": "envoy", "user": "1337:0"]) == [])
    #expect(try findings(task(), envoy: ["name": "envoy"], user: nil) == [])
  }

  @Test func refusesALostEnvoy() throws {
    #expect(
      try findings(task(), envoy: ["name": "proxy", "user": "1337"]) == [
        "error [envoy-missing] at : Overrides or patches removed, renamed, or moved the Envoy "
          + "container 'envoy'.; fix: Leave it in its place, and name it with --envoy-name or "
          + "envoyContainer.name."
      ])
  }

  @Test(arguments: ["1338", "envoy", ""]) func refusesAnotherUser(user: String) throws {
    #expect(
      try findings(task(), envoy: ["name": "envoy", "user": .string(user)]) == [
        "error [envoy-user] at /containerDefinitions/0/user: Envoy does not run as user 1337, "
          + "whose traffic is not redirected, so its own requests are redirected back to it in an "
          + #"endless loop.; fix: Give the proxy container the "user" that IgnoredUID names. "#
          + "--user sets both."
      ])
  }

  @Test func refusesToWaitForHealthThatNobodyChecks() throws {
    #expect(
      try findings(waiting, envoy: ["name": "envoy", "user": "1337"]) == [
        "error [no-health-check] at /containerDefinitions/0/dependsOn/0: Container 'app' waits "
          + "until 'envoy' is HEALTHY, but 'envoy' has no healthCheck. The HEALTHCHECK of its "
          + "image does not count.; fix: Add a healthCheck to 'envoy', or wait for START."
      ])
  }

  @Test func refusesCircles() throws {
    let circle = task(
      containers: #""name": "a", "dependsOn": [{"containerName": "b"}]"#,
      #""name": "b", "dependsOn": [{"containerName": "a"}]"#)
    #expect(
      try findings(circle)
        == ["a", "b"].enumerated().map { index, name in
          "error [dependency-cycle] at /containerDefinitions/\(index): Container '\(name)' waits for "
            + "itself through its dependencies, so it never starts.; fix: Break the cycle in "
            + "dependsOn: Envoy waits for its tracing daemon, applications wait for Envoy."
        })
    #expect(
      try findings(task(containers: #""name": "a", "dependsOn": [{"containerName": "a"}]"#)).count
        == 1)
  }

  @Test func checksTheDocumentAgain() throws {
    let double = task(containers: #""name": "a""#, #""name": "a""#)
    #expect(try findings(double).first?.hasPrefix("error [duplicate-container]") == true)
    let crooked = task(#""volumes": {}"#, containers: #""name": "a""#)
    #expect(try findings(crooked).first?.hasPrefix("error [wrong-kind] at /volumes") == true)
  }
}
