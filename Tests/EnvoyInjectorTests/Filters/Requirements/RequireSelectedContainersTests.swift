import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct RequireSelectedContainersTests {
  private let two = task(containers: #""name": "app""#, #""name": "agent""#)

  private func findings(_ document: String, _ selection: ContainerSelection) throws -> [String] {
    try FilterRun(on: document, selection: selection) {
      RequireSelectedContainers(roles: $0.roles)
    }.findings
  }

  @Test func acceptsNamesOfTheTask() throws {
    #expect(try findings(two, ContainerSelection(only: ["app"])) == [])
    #expect(try findings(two, ContainerSelection(skip: ["agent"])) == [])
  }

  @Test func refusesNamesThatTheTaskHasNot() throws {
    #expect(
      try findings(two, ContainerSelection(only: ["app"], skip: ["agnet"])) == [
        "error [unknown-container] at : The task has no container 'agnet' to select or skip.; "
          + "fix: Name only these containers with --only-container and --skip-container: app, agent"
      ])
  }

  @Test func refusesSelectionsThatLeaveNothing() throws {
    let nothing =
      "error [nothing-selected] at /containerDefinitions: No container is left for Envoy to "
      + "serve.; fix: Check --only-container and --skip-container, or leave a task that has only "
      + "daemons without Envoy."
    #expect(try findings(two, ContainerSelection(skip: ["app", "agent"])) == [nothing])
    let daemons = task(
      containers: #""name": "x", "image": "amazon/aws-xray-daemon""#,
      #""name": "log", "firelensConfiguration": {"type": "fluentbit"}"#)
    #expect(try findings(daemons, ContainerSelection()) == [nothing])
  }

  @Test func refusesOrdersThatMeanNothing() throws {
    let labelled = task(
      containers: #""name": "app", "dockerLabels": {"inject-envoy.io/inject": "false"}"#)
    #expect(
      try findings(labelled, ContainerSelection()) == [
        "error [unknown-order] at "
          + "/containerDefinitions/0/dockerLabels/inject-envoy.io~1inject: The label "
          + "inject-envoy.io/inject is 'false', which has no meaning, so it would be ignored.; "
          + "fix: Write 'disabled' to leave the document as it is, or remove the label."
      ])
  }
}
