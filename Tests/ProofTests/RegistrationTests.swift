import CommandTesting
import Foundation
import LosslessJSON
import Surroundings
import Testing

/// The real AWS CLI registers injected documents. What ECS then describes is uninjected and registered
/// again.
@Suite(.needsRealParts) struct RegistrationTests {
  @Test(.timeLimit(.minutes(15))) func registersDescribesAndRegistersAgain() throws {
    let aws = try #require(RealParts.aws)
    let documents = try Self.documents()
    let enough = SlowProofs.areWanted ? 12 : 3
    #expect(documents.count >= enough)
    try MotoServer.run(try #require(RealParts.motoServer), calledBy: aws) { server in
      var count = 0
      for document in documents where try isComplete(document, server) {
        try check(document, server)
        count += 1
      }
      #expect(count >= enough)
    }
  }

  /// One golden case for each control plane and each special feature. None is on EC2 without a task size,
  /// because there moto requires `memory` and does not accept `memoryReservation`.
  private static let cases = [
    "app-mesh-web", "crlf", "describe-output", "efs", "fargate-web",
    "firelens", "init-container", "job", "no-ports", "otel", "overrides", "patches",
    "secrets-and-environment", "xds-web", "xray",
  ]

  private static func documents() throws -> [InjectedDocument] {
    let golden = try InjectedDocument.golden().filter { cases.contains($0.name) }
    return SlowProofs.sample(of: golden)
      + (try InjectedDocument.corpus(atMost: SlowProofs.areWanted ? 6 : 1))
  }

  /// Some documents of the corpus get their images from a pipeline before they are registered.
  private func isComplete(
    _ document: InjectedDocument, _ server: MotoServer
  ) throws -> Bool {
    guard !Self.cases.contains(document.name) else { return true }
    let file = try TemporaryFolder().write(document.input, to: "input.json")
    return try server.ecs("register-task-definition", "--cli-input-json", "file://\(file)").status
      == 0
  }

  private func check(_ document: InjectedDocument, _ server: MotoServer) throws {
    let folder = try TemporaryFolder()
    let injected = try #require(
      try register(document.output, "injected.json", in: folder, server), "\(document.name)")
    let described = try server.ecs(
      "describe-task-definition", "--task-definition", injected, "--include", "TAGS")
    #expect(described.output.contains("inject-envoy.io/ledger"), "\(document.name)")
    // To undo what patches wrote, uninject needs the configuration that contains them.
    let configuration = document.arguments.firstIndex(of: "--config").map {
      Array(document.arguments[$0..<($0 + 2)])
    }
    let back = try Outcome.ofCommand(
      ["uninject"] + (configuration ?? []), input: described.output)
    #expect(back.status == 0 && !back.output.contains("envoy"), "\(document.name) \(back.errors)")
    let again = try register(back.output, "uninjected.json", in: folder, server)
    #expect(again != nil && again != injected, "\(document.name)")
  }

  /// - Returns: the ARN.
  private func register(
    _ text: String, _ name: String, in folder: TemporaryFolder, _ server: MotoServer
  ) throws -> String? {
    let file = try folder.write(text, to: name)
    let answer = try server.ecs("register-task-definition", "--cli-input-json", "file://\(file)")
    #expect(answer.status == 0, "\(answer.errors)")
    guard let document = try? Document(Array(answer.output.utf8)) else { return nil }
    return document.value(document.root)["taskDefinition"]?["taskDefinitionArn"]?.string
  }
}
