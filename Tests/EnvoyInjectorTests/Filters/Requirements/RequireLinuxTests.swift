import TaskChecks
import Testing

@testable import EnvoyInjector

@Suite struct RequireLinuxTests {
  @Test(arguments: [
    "{}", #"{"runtimePlatform": null}"#, #"{"runtimePlatform": {"cpuArchitecture": "ARM64"}}"#,
    #"{"runtimePlatform": {"operatingSystemFamily": "LINUX"}}"#,
    #"{"runtimePlatform": {"operatingSystemFamily": null}}"#,
    #"{"requiresCompatibilities": ["EC2", "FARGATE"]}"#, #"{"requiresCompatibilities": null}"#,
  ])
  func acceptsLinux(document: String) throws {
    #expect(try FilterRun(RequireLinux(), on: document).findings == [])
  }

  @Test func refusesWindows() throws {
    let run = try FilterRun(
      RequireLinux(),
      on: #"{"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2025_CORE"}}"#)
    #expect(
      run.findings == [
        "error [windows] at /runtimePlatform/operatingSystemFamily: The task runs on "
          + "WINDOWS_SERVER_2025_CORE, where ECS does not redirect traffic to a proxy.; fix: "
          + "Inject only tasks whose operatingSystemFamily is LINUX."
      ])
  }

  @Test func refusesExternalHosts() throws {
    let run = try FilterRun(
      RequireLinux(), on: #"{"requiresCompatibilities": ["EC2", "EXTERNAL"]}"#)
    #expect(
      run.findings == [
        "error [external] at /requiresCompatibilities/1: The task runs on external hosts, "
          + "where ECS does not support proxyConfiguration.; fix: Remove EXTERNAL from "
          + "requiresCompatibilities, or leave this task without Envoy."
      ])
  }
}
