import Testing

@testable import EnvoyInjector

@Suite struct RequireRolesTests {
  private func filter(_ severity: Finding.Severity = .warning) -> RequireRoles {
    RequireRoles(severity: severity, needsTaskRole: true, needsExecutionRole: true)
  }

  @Test func acceptsBothRoles() throws {
    let roles = #"{"taskRoleArn": "web", "executionRoleArn": "arn:aws:iam::1:role/e"}"#
    #expect(try FilterRun(filter(), on: roles).findings == [])
  }

  @Test func asksOnlyForWhatIsNeeded() throws {
    let none = RequireRoles(severity: .error, needsTaskRole: false, needsExecutionRole: false)
    #expect(try FilterRun(none, on: "{}").findings == [])
  }

  @Test func warnsOfMissingRoles() throws {
    #expect(
      try FilterRun(filter(), on: #"{"taskRoleArn": null}"#).findings == [
        "warning [no-task-role] at : the task has no taskRoleArn, so Envoy or its tracing daemon "
          + "has no credentials to call AWS; fix: add a taskRoleArn: 'inject-envoy policy' prints "
          + "what it must allow",
        "warning [no-execution-role] at : the task has no executionRoleArn, so ECS can't write Envoy's "
          + "logs or read its secrets; fix: add an executionRoleArn: 'inject-envoy policy' prints "
          + "what it must allow",
      ])
  }

  @Test func refusesWhenAsked() throws {
    let run = try FilterRun(filter(.error), on: "{}")
    #expect(run.findings.count == 2)
    #expect(run.findings.allSatisfy { $0.hasPrefix("error ") })
  }
}
