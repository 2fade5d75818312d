import CommandTesting
import Foundation
import Surroundings
import Testing

/// Runs the README's five commands, from an App Mesh template to running tasks.
@Suite(.needsRealParts) struct FiveCommandsTests {
  @Test(.timeLimit(.minutes(15))) func leadToAServiceWithoutAppMesh() throws {
    let readme = try Folders.text(Folders.package.appendingPathComponent("README.md"))
    let block = try #require(
      ConsoleExample.blocks("sh", in: readme).first { $0.first?.contains(" mesh ") == true })
    #expect(block.count == 5)
    let folder = try TemporaryFolder()
    try folder.write(Folders.text(testdata("meshes/shop.yaml")), to: "mesh.yaml")
    let aws = try #require(RealParts.aws)
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      try prepare(server)
      let commands = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
      let outcome = try Program(path: "/bin/sh").run(
        ["-ec", block.joined(separator: "\n")],
        environment: server.environment.merging(["PATH": "\(commands):\(Program.searchPath)"]) {
          _, given in given
        }, in: folder.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let task = try server.ecs("describe-task-definition", "--task-definition", "web:2")
      #expect(task.output.contains("mesh/shop/virtualNode/web"))
      #expect(!task.output.contains("aws-appmesh-envoy"))
    }
  }

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
