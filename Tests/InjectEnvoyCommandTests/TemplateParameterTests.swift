import CommandTesting
import Testing

/// `--parameter` for the template that is injected.
@Suite struct TemplateParameterTests {
  private static let template = """
    Parameters:
      Memory: {Type: String, Default: "512"}
      Mesh: {Type: String, Default: shop}
    Resources:
      Web:
        Type: AWS::ECS::TaskDefinition
        Properties:
          NetworkMode: awsvpc
          RequiresCompatibilities: [FARGATE]
          Cpu: 256
          Memory: !Ref Memory
          ContainerDefinitions:
            - {Name: web, Image: nginx, MemoryReservation: 512}

    """

  /// The task with an Envoy of App Mesh whose mesh a parameter names.
  private static let meshed =
    template
    + [
      "- Name: proxy", "  Image: aws-appmesh-envoy:v1.29", "  Environment:",
      #"    - {Name: APPMESH_RESOURCE_ARN, Value: !Sub "mesh/${Mesh}/virtualNode/web"}"#,
      "    - {Name: OTHER, Value: !Ref Mesh}",
    ].map { "        \($0)\n" }.joined()

  private func run(_ arguments: String..., input: String = template) throws -> Outcome {
    try Outcome.ofCommand(arguments, input: input)
  }

  @Test func needsNoMesh() throws {
    let outcome = try run("--parameter", "Memory=1024")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("ContainerName: envoy"))
  }

  @Test func isNamedByTheAdvice() throws {
    let refused = try run("--parameter", "Memory=512", "--resize")
    #expect(refused.status == 1 && refused.output.isEmpty)
    #expect(
      refused.errors.contains("fix: Give --parameter Memory=1024, and deploy the stack with that."))
  }

  @Test func servesAllCommands() throws {
    for command in ["check", "policy", "bootstrap"] {
      let outcome = try run(command, "--parameter", "Memory=1024")
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
  }

  @Test func mustBeOneOfTheTemplate() throws {
    let outcome = try run("--parameter", "Memry=1024")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("[template-parameter-unknown] No template has a parameter 'Memry'"))
  }

  /// The mesh has `Domain`, the injected template `Memory` and `Mesh`.
  @Test func isForAllTemplatesOfTheRun() throws {
    let arguments = [
      "--mesh-file", Sample.shop, "--node", "web", "--replace-foreign", "--app-port", "8080",
      "--parameter", "Memory=2048", "--parameter", "Domain=x.local",
    ]
    let outcome = try Outcome.ofCommand(arguments, input: Self.meshed)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("x.local"))
    let unknown = try Outcome.ofCommand(
      arguments + ["--parameter", "Colour=red"], input: Self.meshed)
    #expect(unknown.errors.contains("No template has a parameter 'Colour'"))
    let ofMesh = try Outcome.ofCommand(["mesh", "--parameter", "Colour=red", Sample.shop])
    #expect(ofMesh.errors.contains("No template has a parameter 'Colour'"))
  }

  /// The default decides whose configuration Envoy gets.
  @Test func aDefaultThatNamesTheNodeIsReported() throws {
    let arguments = [
      "--mesh-file", Sample.shop, "--replace-foreign", "--parameter", "Memory=2048",
      "--parameter", "Domain=x.local",
    ]
    let outcome = try Outcome.ofCommand(arguments, input: Self.meshed)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.errors.split(separator: "\n").filter {
      $0.contains("[template-parameter-default]")
    }
    #expect(lines.count == 1 && lines[0].contains("Mesh = shop."), "\(outcome.errors)")
    let named = try Outcome.ofCommand(
      arguments + ["--parameter", "Mesh=shop"], input: Self.meshed)
    #expect(!named.errors.contains("template-parameter-default"))
    let strict = try Outcome.ofCommand(arguments + ["--require-parameters"], input: Self.meshed)
    #expect(strict.status == 1 && strict.output.isEmpty)
    #expect(strict.errors.contains("error: [template-parameter-default]"))
  }
}
