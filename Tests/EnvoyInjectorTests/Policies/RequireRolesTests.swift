import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector
@testable import InjectEnvoyCommand

@Suite struct RequireRolesTests {
  private static let fargate = #""requiresCompatibilities": ["FARGATE"], "#
  private static let logs = PolicyCase.logs(
    #""awslogs-group": "g", "awslogs-region": "eu-west-1""#)

  private static func codes(
    _ task: [UInt8], _ options: InjectionOptions
  ) throws -> [String] {
    try Injector(options).inject(task).warnings.map(\.code).filter { $0.hasSuffix("-role") }
  }

  private static func secret() -> InjectionOptions {
    var options = InjectionOptions()
    options.secrets = [NamedValue(name: "A", value: "a")]
    return options
  }

  @Test func taskRole() throws {
    #expect(try Self.codes(PolicyCase.task(), .appMesh()) == ["no-task-role"])
    #expect(try Self.codes(PolicyCase.task(#""taskRoleArn": "r","#), .appMesh()) == [])
    #expect(try Self.codes(PolicyCase.task(), InjectionOptions()) == [])
  }

  @Test func secretsNeedTheExecutionRoleEverywhere() throws {
    #expect(try Self.codes(PolicyCase.task(), Self.secret()) == ["no-execution-role"])
    #expect(try Self.codes(PolicyCase.task(#""executionRoleArn": "r","#), Self.secret()) == [])
  }

  @Test func logsAndImagesNeedItOnFargate() throws {
    var options = InjectionOptions()
    #expect(try Self.codes(PolicyCase.task(app: Self.logs), options) == [])
    #expect(
      try Self.codes(PolicyCase.task(Self.fargate, app: Self.logs), options)
        == ["no-execution-role"])
    options.envoyImage = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/envoyproxy/envoy:1"
    #expect(try Self.codes(PolicyCase.task(), options) == [])
    #expect(try Self.codes(PolicyCase.task(Self.fargate), options) == ["no-execution-role"])
  }

  /// The needs and the roles that the user's patches add count as well.
  @Test func patchesCount() throws {
    var options = Self.secret()
    options.patches = try JSONPatch([
      ["op": "add", "path": "/executionRoleArn", "value": "r"]
    ])
    #expect(try Self.codes(PolicyCase.task(), options) == [])
  }

  @Test func saysWhatForAndRefusesWhenAsked() throws {
    var options = try InjectionOptions.appMesh()
    options.secrets = [NamedValue(name: "A", value: "a"), NamedValue(name: "B", value: "b")]
    options.requireRoles = true
    #expect {
      try Injector(options).inject(PolicyCase.task(Self.fargate, app: Self.logs))
    } throws: { error in
      guard case .refused(let findings) = error as? InjectionError else { return false }
      let errors = findings.filter { $0.severity == .error }
      return errors.map(\.code) == ["no-task-role", "no-execution-role"]
        && errors[1].text.spelled.hasSuffix(
          "cannot write their logs or read their parameters.")
    }
  }
}
