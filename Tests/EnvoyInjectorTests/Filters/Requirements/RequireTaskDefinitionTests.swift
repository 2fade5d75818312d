import TaskChecks
import Testing

@testable import EnvoyInjector

@Suite struct RequireTaskDefinitionTests {
  private func findings(_ document: String) throws -> [String] {
    try FilterRun(RequireTaskDefinition(), on: document).findings
  }

  @Test func acceptsWhatEveryTaskDefinitionHas() throws {
    #expect(try findings(#"{"containerDefinitions": [{"name": "a"}, {"name": "b"}]}"#) == [])
  }

  @Test(arguments: ["1", #""x""#, "null", "[]"])
  func refusesWhatIsNoObject(document: String) throws {
    #expect(
      try findings(document) == [
        "error [not-a-task-definition] at : The document is not a task definition: it is not "
          + "an object.; fix: Pass the JSON that 'aws ecs register-task-definition' takes or 'aws "
          + "ecs describe-task-definition' prints."
      ])
  }

  @Test(arguments: ["{}", #"{"containerDefinitions": null}"#, #"{"ContainerDefinitions": []}"#])
  func refusesWhatHasNoContainerDefinitions(document: String) throws {
    #expect(
      try findings(document) == [
        "error [not-a-task-definition] at : The document is not a task definition: it has no "
          + "containerDefinitions.; fix: Pass the JSON that 'aws ecs register-task-definition' "
          + "takes or 'aws ecs describe-task-definition' prints."
      ])
  }

  @Test func refusesATaskWithoutContainers() throws {
    #expect(
      try findings(#"{"containerDefinitions": []}"#) == [
        "error [no-containers] at /containerDefinitions: The task has no container, so there "
          + "is no application for Envoy to serve.; fix: Add the application's container to "
          + "containerDefinitions."
      ])
  }

  @Test(arguments: ["{}", #"{"name": ""}"#, #"{"name": null}"#, "null"])
  func refusesContainersWithoutAName(container: String) throws {
    #expect(
      try findings(#"{"containerDefinitions": [\#(container)]}"#) == [
        "error [unnamed-container] at /containerDefinitions/0: This container has no name, so "
          + #"ECS refuses the task definition.; fix: Give it a "name"."#
      ])
  }

  @Test func refusesNamesThatStandTwice() throws {
    #expect(
      try findings(#"{"containerDefinitions": [{"name": "a"}, {"name": "\u0061"}]}"#) == [
        "error [duplicate-container] at /containerDefinitions/1: Two containers are named 'a', "
          + "so ECS refuses the task definition.; fix: Rename one of them."
      ])
  }

  @Test func reportsKindsBeforeNames() throws {
    #expect(
      try findings(#"{"containerDefinitions": [{"name": 1}, {}]}"#) == [
        "error [wrong-kind] at /containerDefinitions/0/name: This value must be a string but "
          + "is a number, so ECS refuses the task definition.; fix: Write it in quotes."
      ])
  }
}
