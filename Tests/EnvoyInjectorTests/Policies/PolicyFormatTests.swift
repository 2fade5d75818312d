import LosslessJSON
import RolePolicies
import Testing

@testable import EnvoyInjector

@Suite struct PolicyFormatTests {
  private static func policies(_ members: String = "") throws -> RolePolicies {
    try PolicyCase.policies(PolicyCase.task(members), .appMesh())
  }

  private static func text(
    _ format: PolicyFormat, _ policies: RolePolicies..., withTrust: Bool = false
  ) throws -> String {
    format.text(policies, withTrust: withTrust)
  }

  @Test func nothingNeededIsAValidText() throws {
    let nothing = try PolicyCase.policies()
    #expect(try Self.text(.json, nothing) == "{}\n")
    #expect(try Self.text(.cli, nothing) == "")
    #expect(try Self.text(.terraform, nothing) == "")
    #expect(
      try Self.text(.cloudformation, nothing).contains(
        #""Resources": {"# + "\n    " + #""NothingIsNeeded": {"#))
  }

  @Test(arguments: [
    (#""taskRoleArn": "by-name","#, "by-name"),
    (#""taskRoleArn": "arn:aws:iam::111122223333:role/by-arn","#, "by-arn"),
    (#""taskRoleArn": "arn:aws:iam::111122223333:role/a/b/by-path","#, "by-path"),
  ])
  func rolesThatAreThere(_ members: String, _ name: String) throws {
    let policies = try Self.policies(members)
    let commands = try Self.text(.cli, policies)
    #expect(commands.hasPrefix("aws iam put-role-policy --role-name '\(name)' "))
    let template = try Self.text(.cloudformation, policies)
    #expect(template.contains("        \"Roles\": [\n          \"\(name)\"\n"))
    #expect(try Self.text(.terraform, policies).contains("role = \"\(name)\""))
    #expect(try !Self.text(.terraform, policies).contains("assume_role_policy"))
  }

  @Test func rolesThatAreMade() throws {
    let policies = try Self.policies()
    let commands = try Self.text(.cli, policies).split(separator: "\n")
    #expect(commands.count == 3)
    #expect(commands[0] == "# Name the new role in the task definition: taskRoleArn")
    #expect(commands[1].hasPrefix("aws iam create-role --role-name 'web-task' "))
    #expect(commands[2].hasPrefix("aws iam put-role-policy --role-name 'web-task' "))
    #expect(try Self.text(.cloudformation, policies).contains("\"WebTaskRoleArn\": {"))
    #expect(
      try Self.text(.terraform, policies).contains("role = aws_iam_role.web_task.name"))
  }

  /// Inline policies with the same name replace each other.
  @Test func oneRoleForEverything() throws {
    let roles = #""taskRoleArn": "r", "executionRoleArn": "r","#
    let logs = PolicyCase.logs(#""awslogs-group": "g", "awslogs-region": "eu-west-1""#)
    let policies = try PolicyCase.policies(PolicyCase.task(roles, app: logs), .appMesh())
    #expect(
      policies.roles.map(\.policyName) == ["inject-envoy-web-task", "inject-envoy-web-execution"])
    #expect(Set(policies.roles.map(\.name)) == ["r"])
  }

  @Test func severalTasksMakeOneText() throws {
    let web = try Self.policies()
    let json = try Self.text(.json, web, web)
    #expect(json == (try Self.text(.json, web)) + (try Self.text(.json, web)))
    let template = try Self.text(.cloudformation, web, web)
    let document = try Document(Array(template.utf8))
    let resources = document.value(document.root)["Resources"]?.object
    #expect(resources?.map(\.name) == ["WebTaskRole", "WebTaskRole2"])
    let terraform = try Self.text(.terraform, web, web)
    #expect(terraform.contains(#""aws_iam_role" "web_task""#))
    #expect(terraform.contains("role = aws_iam_role.web_task2.name"))
  }

  @Test func trust() throws {
    let trust = "ecs-tasks.amazonaws.com"
    let existing = try Self.policies(#""taskRoleArn": "r","#)
    #expect(try Self.text(.json, existing, withTrust: true).contains(#""trustPolicy": {"#))
    #expect(try !Self.text(.json, existing).contains(trust))
    let commands = try Self.text(.cli, existing, withTrust: true)
    #expect(commands.hasPrefix("aws iam update-assume-role-policy --role-name 'r' "))
    #expect(try !Self.text(.cli, existing).contains(trust))
  }

  @Test func quotesOfEveryLanguage() throws {
    let policies = try Self.policies(#""taskRoleArn": "it's $HOME ${x} %{y} \"","#)
    #expect(
      try Self.text(.cli, policies).contains(#"--role-name 'it'\''s $HOME ${x} %{y} "' "#))
    #expect(
      try Self.text(.terraform, policies).contains(#"role = "it's $HOME $${x} %%{y} \"""#))
  }

  @Test func namesThatIAMWouldNotTake() {
    #expect(IAMName.fitting("web_1-task", 64) == "web_1-task")
    #expect(IAMName.fitting("a b", 64).hasPrefix("a-b-"))
    #expect(IAMName.fitting("a b", 64) != IAMName.fitting("a:b", 64))
    let long = IAMName.fitting(String(repeating: "a", count: 65), 64)
    let longer = IAMName.fitting(String(repeating: "a", count: 66), 64)
    #expect(long.count == 64 && longer.count == 64 && long != longer)
  }

  @Test func labelsThatTerraformWouldNotTake() throws {
    let text = String(decoding: PolicyCase.task(), as: UTF8.self)
      .replacing(#""web""#, with: #""1.web""#)
    let policies = try PolicyCase.policies(Array(text.utf8), .appMesh())
    #expect(try Self.text(.terraform, policies).contains(#"aws_iam_role" "_1_web_task""#))
    #expect(try Self.text(.cloudformation, policies).contains(#""1WebTaskRole": {"#))
  }
}
