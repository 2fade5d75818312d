import CommandTesting
import Testing

/// What a refused document says.
@Suite struct RefusalTests {
  private static func task(_ name: String, _ mode: String = "") -> String {
    """
      \(name):
        Type: AWS::ECS::TaskDefinition
        Properties:\(mode)
          ContainerDefinitions: [{Name: app, Image: nginx}]

    """
  }

  @Test func everyTaskWithoutANetworkModeIsNamedWithItsLine() throws {
    let template =
      "Resources:\n" + Self.task("A") + Self.task("B", "\n      NetworkMode: awsvpc")
      + Self.task("C")
    let outcome = try Outcome.ofCommand([], input: template)
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    let heads = outcome.errors.split(separator: "\n").filter { $0.contains("error:") }
    #expect(heads.count == 2)
    #expect(heads.first?.contains("<stdin>:5:7: error: [not-awsvpc]") == true, "\(heads)")
    #expect(heads.first?.contains("'A'") == true)
    #expect(heads.last?.contains("<stdin>:14:7: error: [not-awsvpc]") == true, "\(heads)")
    #expect(heads.last?.contains("'C'") == true)
    #expect(outcome.errors.contains("Set NetworkMode to awsvpc"))
    let followed = try Outcome.ofCommand(["--network-mode", "awsvpc"], input: template)
    #expect(followed.status == 0, "\(followed.errors)")
  }

  @Test func aWrongLabelHasItsCode() throws {
    let outcome = try Outcome.ofCommand(
      [], input: Sample.web(labels: ["inject-envoy.io/app-port": "none of them"]))
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("<stdin>: error: [wrong-label] "), "\(outcome.errors)")
  }

  @Test func permissionsDoNotDependOnTheSize() throws {
    let small = Sample.web.replacing(#""memory": 512"#, with: #""memoryReservation": 1024"#)
    #expect(try Outcome.ofCommand([], input: small).errors.contains("[task-too-small]"))
    let outcome = try Outcome.ofCommand(["policy"], input: small)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("logs:PutLogEvents"))
  }

  @Test func policiesOfAStreamMakeOneText() throws {
    let other = Sample.web.replacing(#""family": "web""#, with: #""family": "api""#)
    let outcome = try Outcome.ofCommand(
      ["policy", "--format", "cli"], input: Sample.web + "\n{}\n" + other)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("[not-a-task-definition]"))
    #expect(outcome.errors.contains("(document 2)"))
    #expect(
      outcome.output.contains("inject-envoy-web") && outcome.output.contains("inject-envoy-api"))
    let array = try Outcome.ofCommand(["policy"], input: "[\(Sample.web), \(other)]")
    #expect(
      array.errors.contains("[several-tasks] The document has several task definitions: web, api."))
  }

  @Test func aRefusedDocumentGivesNoWarnings() throws {
    // A warning about the port's name, and an error about the mode.
    let bridge = Sample.web.replacing("awsvpc", with: "host")
      .replacing(#""requiresCompatibilities": ["FARGATE"],"#, with: "")
    let outcome = try Outcome.ofCommand(["--virtual-node", Sample.node], input: bridge)
    #expect(outcome.errors.contains("error: [not-awsvpc]"))
    #expect(!outcome.errors.contains("warning:"))
  }

  @Test func aNestedStackIsNamedByItsFile() throws {
    let template = """
      Resources:
        Inner:
          Type: AWS::CloudFormation::Stack
          Properties: {TemplateURL: ./services/web.yaml}

      """
    let outcome = try Outcome.ofCommand([], input: template)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("fix: Inject './services/web.yaml' too."), "\(outcome.errors)")
  }
}
