import CommandTesting
import Foundation
import LosslessJSON
import Surroundings
import Testing

/// The article "Operations" by the real AWS CLI against moto.
@Suite(.isSlowProof, .needsRealParts) struct OperationsTests {
  private let article: String

  init() throws {
    article = try Folders.text(
      Folders.package.appendingPathComponent(
        "Sources/EnvoyInjector/EnvoyInjector.docc/Operations.md"))
  }

  private static let families = ["web": "awsvpc", "orders": "awsvpc", "batch": "bridge"]

  @Test(.timeLimit(.minutes(10))) func rollsOutAndBack() throws {
    let steps = ConsoleExample.blocks("sh", in: article).prefix(5)
      .map { $0.joined(separator: "\n") }
    try #require(steps.count == 5 && steps[4].contains("$old"))
    let aws = try #require(RealParts.aws)
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      let folder = try TemporaryFolder()
      try makeServices(server, folder)
      func run(_ step: Int) throws -> Outcome {
        try shell(steps[step], server, folder)
      }
      #expect(try run(0).status == 0)
      let injection = try run(1)
      #expect(injection.errors.contains("[not-awsvpc]"))
      #expect(injection.output == "some families stay as they are\n")
      let injected = try FileManager.default.contentsOfDirectory(atPath: folder.path("injected"))
      #expect(injected.sorted() == ["orders.json", "web.json"])
      #expect(try folder.text("injected/web.json").contains("\"tags\""))
      #expect(try run(2).status == 0)
      #expect(try folder.text("revisions").split(separator: "\n").count == 2)
      #expect(try run(3).status == 0)
      #expect(try revisions(server) == ["batch": "batch:1", "orders": "orders:2", "web": "web:2"])
      #expect(
        try server.ecs("describe-task-definition", "--task-definition", "web").output
          .contains("envoyproxy/envoy"))
      #expect(try run(4).status == 0)
      #expect(try revisions(server) == ["batch": "batch:1", "orders": "orders:1", "web": "web:1"])
    }
  }

  private func makeServices(_ server: MotoServer, _ folder: TemporaryFolder) throws {
    #expect(try server.ecs("create-cluster", "--cluster-name", "shop").status == 0)
    for (family, mode) in Self.families {
      let text = Sample.web.replacing("\"web\"", with: "\"\(family)\"")
        .replacing("awsvpc", with: mode)
        .replacing("FARGATE", with: mode == "awsvpc" ? "FARGATE" : "EC2")
        .replacing("\"cpu\"", with: #""tags": [{"key": "team", "value": "a"}], "cpu""#)
      let file = try folder.write(text, to: "task.json")
      let registered = try server.ecs(
        "register-task-definition", "--cli-input-json", "file://\(file)")
      #expect(registered.status == 0, "\(registered.errors)")
      let made = try server.ecs(
        "create-service", "--cluster", "shop", "--service-name", family, "--task-definition",
        family,
        "--desired-count", "1")
      #expect(made.status == 0, "\(made.errors)")
    }
  }

  private func revisions(_ server: MotoServer) throws -> [String: String] {
    let described = try server.ecs(
      "describe-services", "--cluster", "shop", "--services", "web", "orders", "batch", "--query",
      "services[].[serviceName, taskDefinition]", "--output", "text"
    ).output
    let pairs = described.split(separator: "\n").map { $0.split(separator: "\t") }
    return Dictionary(
      uniqueKeysWithValues: pairs.map {
        (String($0[0]), String($0[1].split(separator: "/").last ?? ""))
      })
  }

  private func shell(
    _ script: String, _ server: MotoServer, _ folder: TemporaryFolder
  ) throws -> Outcome {
    let command = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
    let path = ["PATH": "\(command):\(Program.searchPath)"]
    return try Program(path: "/bin/sh").run(
      ["-ec", script], environment: server.environment.merging(path) { _, new in new },
      in: folder.path)
  }

  /// The answers about arm64, mirrors and names.
  @Test func theAnswersHold() throws {
    let arm = Sample.web.replacing(
      "\"cpu\"", with: #""runtimePlatform": {"cpuArchitecture": "ARM64"}, "cpu""#)
    let injected = try Outcome.ofCommand([], input: arm)
    #expect(injected.status == 0)
    #expect(
      try Outcome.ofCommand(["check", "--fail-on", "change"], input: injected.output).status == 0)

    let image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/envoyproxy/envoy:v1.40.0"
    let mirrored = try Outcome.ofCommand(["--envoy-image", image], input: Sample.web)
    #expect(mirrored.output.contains(image))
    let policy = try Outcome.ofCommand(["policy", "--envoy-image", image], input: Sample.web)
    #expect(policy.output.contains("ecr:BatchGetImage"))

    for upstream in [
      "payments=payments.shop.local:8080", "payments.shop.local=payments.shop.local:8080",
      "payments=internal-pay-1.eu-west-1.elb.amazonaws.com:80",
    ] {
      #expect(try Outcome.ofCommand(["--upstream", upstream], input: Sample.web).status == 0)
    }
  }

  @Test func upgradesInPlace() throws {
    let folder = try TemporaryFolder()
    let old = try Outcome.ofCommand(
      ["--envoy-image", "envoyproxy/envoy:v1.30.0"], input: Sample.web
    ).output
    try folder.write(old, to: "injected/web.json")
    let step = try #require(ConsoleExample.blocks("sh", in: article).last)
    let command = URL(fileURLWithPath: Program.injectEnvoy.path).deletingLastPathComponent().path
    let outcome = try Program(path: "/bin/sh").run(
      ["-ec", step.joined(separator: "\n")],
      environment: ["PATH": "\(command):\(Program.searchPath)"], in: folder.path)
    #expect(outcome.status == 0 && outcome.output.contains("inject would change it"))
    #expect(try folder.text("injected/web.json") == Outcome.ofCommand([], input: Sample.web).output)
  }
}
