import CommandTesting
import Foundation
import Surroundings
import Testing

/// Runs the commands that the README and its article give, from App Mesh to running tasks.
@Suite(.isSlowProof, .needsRealParts) struct FiveCommandsTests {
  @Test(.timeLimit(.minutes(15))) func leadToAServiceWithoutAppMesh() throws {
    let block = try block(in: "README.md") { $0.contains("mesh mesh.yaml") }
    #expect(block.count == 5)
    let folder = try TemporaryFolder()
    try folder.write(Folders.text(testdata("meshes/shop.yaml")), to: "mesh.yaml")
    try run(block, in: folder, leadingTo: "mesh/shop/virtualNode/web")
  }

  /// Twelve services make a template that is larger than CloudFormation takes in a request.
  @Test(.timeLimit(.minutes(15))) func leadToAStackWithoutAppMesh() throws {
    let block = try block(in: Self.article) { $0.contains("mesh mesh.yaml") }
    #expect(block.count == 3)
    let folder = try TemporaryFolder()
    try folder.write(Self.mesh, to: "mesh.yaml")
    try folder.write(Self.services, to: "services.yaml")
    let aws = try #require(RealParts.aws)
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      let bucket = try aws.run(["s3", "mb", "s3://templates"], environment: server.environment)
      #expect(bucket.status == 0, "\(bucket.errors)")
      try run(block, server, folder)
      for number in Self.numbers {
        let task = try server.ecs(
          "describe-task-definition", "--task-definition", "service-\(number)")
        #expect(task.output.contains("mesh/shop/virtualNode/node-\(number)"))
        #expect(!task.output.contains("aws-appmesh-envoy"))
      }
    }
    #expect(try folder.bytes("services.yaml").count > 51_200)
  }

  @Test(.timeLimit(.minutes(15))) func leadFromRunningTasksAlone() throws {
    let block = try block(in: Self.article) { $0.contains("describe-task-definition") }
    #expect(block.count == 3)
    let folder = try TemporaryFolder()
    try run(block, in: folder, leadingTo: "orders.shop.local")
  }

  private static let article = "Sources/EnvoyInjector/EnvoyInjector.docc/FromAppMesh.md"

  /// The commands of the first block of a document whose first line fits.
  private func block(in document: String, _ fits: (String) -> Bool) throws -> [String] {
    let text = try Folders.text(Folders.package.appendingPathComponent(document))
    return try #require(
      ConsoleExample.blocks("sh", in: text).first { $0.first.map(fits) == true })
  }

  /// Runs the commands where a service has a task of App Mesh. Its next revision has `text`, and no image of
  /// App Mesh.
  private func run(
    _ block: [String], in folder: TemporaryFolder, leadingTo text: String
  ) throws {
    let aws = try #require(RealParts.aws)
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      try prepare(server)
      try run(block, server, folder)
      let task = try server.ecs("describe-task-definition", "--task-definition", "web:2")
      #expect(task.output.contains(text))
      #expect(!task.output.contains("aws-appmesh-envoy"))
    }
  }

  private func run(_ block: [String], _ server: MotoServer, _ folder: TemporaryFolder) throws {
    let commands = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
    var environment = server.environment
    environment["PATH"] = "\(commands):\(Program.searchPath)"
    // In a URL with another name, moto takes the host's first word for the bucket of the template.
    environment["AWS_ENDPOINT_URL"]?.replace("127.0.0.1", with: "localhost")
    let outcome = try Program(path: "/bin/sh").run(
      ["-ec", block.joined(separator: "\n")], environment: environment, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  private static let numbers = 1...12

  /// Each node calls the next one.
  private static let mesh =
    "Resources:\n  Mesh: {Type: AWS::AppMesh::Mesh, Properties: {MeshName: shop}}\n"
    + numbers.map { number in
      """
        Node\(number):
          Type: AWS::AppMesh::VirtualNode
          Properties:
            MeshName: shop
            VirtualNodeName: node-\(number)
            Spec:
              Listeners: [{PortMapping: {Port: 8080, Protocol: http}}]
              ServiceDiscovery: {DNS: {Hostname: s\(number).shop.local}}
              Backends: [{VirtualService: {VirtualServiceName: s\(number % 12 + 1).shop.local}}]
        Service\(number):
          Type: AWS::AppMesh::VirtualService
          Properties:
            MeshName: shop
            VirtualServiceName: s\(number).shop.local
            Spec: {Provider: {VirtualNode: {VirtualNodeName: node-\(number)}}}

      """
    }.joined()

  private static let services =
    "Resources:\n"
    + numbers.map { number in
      """
        Task\(number):
          Type: AWS::ECS::TaskDefinition
          Properties:
            Family: service-\(number)
            NetworkMode: awsvpc
            RequiresCompatibilities: [FARGATE]
            Cpu: "512"
            Memory: "1024"
            ExecutionRoleArn: arn:aws:iam::111122223333:role/ecs
            ProxyConfiguration:
              Type: APPMESH
              ContainerName: envoy
              ProxyConfigurationProperties:
                - {Name: AppPorts, Value: "8080"}
                - {Name: ProxyIngressPort, Value: "15000"}
                - {Name: ProxyEgressPort, Value: "15001"}
                - {Name: IgnoredUID, Value: "1337"}
            ContainerDefinitions:
              - Name: app
                Image: example.com/app:1
                PortMappings: [{ContainerPort: 8080}]
              - Name: envoy
                Image: public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.12.1-prod
                User: "1337"
                Environment:
                  - {Name: APPMESH_RESOURCE_ARN, Value: mesh/shop/virtualNode/node-\(number)}

      """
    }.joined()

  /// A service whose tasks have App Mesh's Envoy.
  private func prepare(_ server: MotoServer) throws {
    let input = testdata("mesh-migration/input.json").path
    for call in [
      try server.ecs("create-cluster", "--cluster-name", "shop"),
      try server.ecs("register-task-definition", "--cli-input-json", "file://\(input)"),
      try server.ecs(
        "create-service", "--cluster", "shop", "--service-name", "web", "--task-definition",
        "web:1",
        "--desired-count", "1"),
    ] { #expect(call.status == 0, "\(call.errors)") }
  }

  private func testdata(_ path: String) -> URL { Folders.testdata.appendingPathComponent(path) }
}
