import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct OverrideContainersTests {
  private func run(
    _ envoy: JSONValue?, _ daemon: JSONValue? = nil, on generated: JSONValue = ["name": "envoy"]
  ) throws -> FilterRun {
    try FilterRun(
      OverrideContainers(envoy: envoy, tracingDaemon: daemon),
      on: task(containers: #""name": "app""#), envoy: generated, daemon: ["name": "x"])
  }

  @Test func mergesMembers() throws {
    let run = try run(
      ["dockerLabels": ["b": "2"], "cpu": 64, "user": .null],
      on: ["name": "envoy", "user": "1337", "dockerLabels": ["a": "1"]])
    #expect(
      run.edits == [
        #"replace /containerDefinitions/1/dockerLabels {"a":"1","b":"2"}"#,
        "add /containerDefinitions/1/cpu 64", "remove /containerDefinitions/1/user",
      ])
    #expect(run.findings == [])
  }

  @Test func editsNothingThatIsSaidAlready() throws {
    #expect(try run(["name": "envoy", "cpu": .null]).edits == [])
  }

  @Test(arguments: [JSONValue.null, [], [["name": "ENVOY_BOOTSTRAP_GZIP_BASE64", "value": "b"]]])
  func keepsTheCompressedConfiguration(environment: JSONValue) throws {
    let run = try run(
      ["environment": environment],
      on: [
        "name": "envoy",
        "environment": [["name": "ENVOY_BOOTSTRAP_GZIP_BASE64", "value": "a"]],
      ])
    #expect(
      run.findings == [
        "error [configuration-replaced] at /containerDefinitions/1: envoyContainer changes the "
          + "variable ENVOY_BOOTSTRAP_GZIP_BASE64. It holds Envoy's configuration where that fits "
          + "ECS's limit only when it is compressed.; fix: Give Envoy's variables with --env instead of "
          + "the environment of envoyContainer."
      ])
  }

  @Test func replacesAnEnvironmentWithoutConfiguration() throws {
    let run = try run(["environment": [["name": "A", "value": "b"]]])
    #expect(run.findings == [])
  }

  @Test func overridesTheDaemonThatWasAdded() throws {
    #expect(
      try run(nil, ["name": "traces"]).edits == [
        #"replace /containerDefinitions/2/name "traces""#
      ])
  }

  @Test func leavesADaemonOfTheTaskAlone() throws {
    var context = StageContext(
      TaskDefinition(
        try Document(Array(#"{"containerDefinitions": [{"name": "x"}]}"#.utf8))))
    context.roles.tracingDaemon = context.task.containers.first
    OverrideContainers(envoy: nil, tracingDaemon: ["cpu": 1]).apply(to: &context)
    #expect(context.task.document.edits == [])
  }

  @Test func refusesValuesOfTheWrongKind() throws {
    #expect(
      try run(["dependsOn": "app", "cpu": .number("1e3")]).findings == [
        "error [wrong-kind] at /containerDefinitions/1/dependsOn: This value must be an array "
          + "but is a string, so ECS refuses the task definition.; fix: Write an array. Render a "
          + "template before you inject it.",
        "error [not-an-integer] at /containerDefinitions/1/cpu: 1e3 is not a 32-bit integer, "
          + "so ECS refuses the task definition.; fix: Write a whole number without a fraction or "
          + "exponent.",
      ])
  }
}
