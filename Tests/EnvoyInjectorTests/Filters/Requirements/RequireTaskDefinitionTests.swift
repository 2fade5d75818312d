import TaskChecks
import Testing

@testable import EnvoyInjector

@Suite struct RequireTaskDefinitionTests {
  private func findings(_ document: String) throws -> [String] {
    try FilterRun(RequireTaskDefinition(), on: document).findings
  }

  private static let give =
    "fix: give the JSON that 'aws ecs register-task-definition' takes or "
    + "'aws ecs describe-task-definition' prints"

  @Test func acceptsWhatEveryTaskDefinitionHas() throws {
    #expect(try findings(#"{"containerDefinitions": [{"name": "a"}, {"name": "b"}]}"#) == [])
  }

  @Test(arguments: ["1", #""x""#, "null", "[]"])
  func refusesWhatIsNoObject(document: String) throws {
    #expect(
      try findings(document) == [
        "error [not-a-task-definition] at : this is no task definition: the document is not an "
          + "object; " + Self.give
      ])
  }

  @Test(arguments: ["{}", #"{"containerDefinitions": null}"#, #"{"ContainerDefinitions": []}"#])
  func refusesWhatHasNoContainerDefinitions(document: String) throws {
    #expect(
      try findings(document) == [
        "error [not-a-task-definition] at : this is no task definition: it has no "
          + "containerDefinitions; " + Self.give
      ])
  }

  @Test func refusesATaskWithoutContainers() throws {
    #expect(
      try findings(#"{"containerDefinitions": []}"#) == [
        "error [no-containers] at /containerDefinitions: the task has no container, so there is "
          + "nothing that Envoy could serve; "
          + "fix: add the application's container to containerDefinitions"
      ])
  }

  @Test(arguments: ["{}", #"{"name": ""}"#, #"{"name": null}"#, "null"])
  func refusesContainersWithoutAName(container: String) throws {
    #expect(
      try findings(#"{"containerDefinitions": [\#(container)]}"#) == [
        "error [unnamed-container] at /containerDefinitions/0: this container has no name, so ECS "
          + #"would refuse the task definition; fix: give it a "name""#
      ])
  }

  @Test func refusesNamesThatStandTwice() throws {
    #expect(
      try findings(#"{"containerDefinitions": [{"name": "a"}, {"name": "\u0061"}]}"#) == [
        "error [duplicate-container] at /containerDefinitions/1: two containers are named 'a', so "
          + "ECS would refuse the task definition; fix: rename one of them"
      ])
  }

  @Test func reportsKindsBeforeNames() throws {
    #expect(
      try findings(#"{"containerDefinitions": [{"name": 1}, {}]}"#) == [
        "error [wrong-kind] at /containerDefinitions/0/name: this must be a string but is a "
          + "number, so ECS would refuse the task definition; fix: write a string; a template "
          + "must be rendered before it is injected"
      ])
  }
}
