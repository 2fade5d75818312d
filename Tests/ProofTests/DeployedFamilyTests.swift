import CommandTesting
import LosslessJSON
import RealEnvoy
import Testing

/// Moto's CloudFormation deploys an injected template whose family a parameter decides. The configuration in the
/// deployed task definition has the family of the deployment, and Envoy accepts it.
@Suite(.isSlowProof, .needsRealParts, .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"))
struct DeployedFamilyTests {
  private static let template = """
    Parameters:
      Name: {Type: String, Default: shop}
      Port: {Type: Number, Default: 80}
    Resources:
      Web:
        Type: AWS::ECS::TaskDefinition
        Properties:
          Family: !Sub ${Name}-web
          NetworkMode: awsvpc
          RequiresCompatibilities: [FARGATE]
          Cpu: 256
          Memory: 1024
          ContainerDefinitions:
            - Name: app
              Image: example.com/app:1
              PortMappings:
                - ContainerPort: !Ref Port

    """

  @Test func envoyIsNamedAfterTheDeployedFamily() throws {
    let aws = try #require(RealParts.aws)
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      for (index, options) in [["--tracing", "otel"], ["--xds", "ads.internal:18000"]].enumerated()
      {
        let configuration = try deployed("stack-\(index)", options, server)
        let document = try Document(Array(configuration.utf8))
        #expect(
          document.value(document.root)["node"] == ["id": "prod-web", "cluster": "prod-web"])
        #expect(!configuration.contains("TaskFamily") && !configuration.contains("shop"))
        #expect(try RealEnvoy.complaints(about: configuration) == nil)
      }
    }
  }

  /// - Returns: the configuration in the registered task definition.
  private func deployed(
    _ stack: String, _ options: [String], _ server: MotoServer
  ) throws -> String {
    let injected = try Outcome.ofCommand(options, input: Self.template)
    try #require(injected.status == 0, "\(injected.errors)")
    let created = try server.run(
      "cloudformation", "create-stack", "--stack-name", stack, "--template-body", injected.output,
      "--parameters", "ParameterKey=Name,ParameterValue=prod",
      "ParameterKey=Port,ParameterValue=8080"
    )
    try #require(created.status == 0, "\(created.errors)")
    let described = try server.ecs(
      "describe-task-definition", "--task-definition", "prod-web", "--query",
      "taskDefinition.containerDefinitions[?name=='envoy'].command[] | [1]", "--output", "text")
    try #require(described.status == 0, "\(described.errors)")
    return described.output
  }
}
