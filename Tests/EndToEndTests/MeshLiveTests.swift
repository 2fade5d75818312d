import Foundation
import RealEnvoy
import Surroundings
import Testing

/// Runs two whole meshes that are compiled from their App Mesh descriptions: the ECS Workshop's mesh with
/// its own task definitions, and a made-up mesh for features that the workshop does not use. The
/// expectations are in `Tests/EndToEnd/mesh`.
@Suite(
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"),
  .enabled(if: Namespaces.areExpected, "\(Namespaces.howToGet)"),
  .enabled(if: MeshTask.workshop.count > 0, "\(MeshTask.howToGet)"))
struct MeshLiveTests {
  /// Rows of the table of App Mesh's behavior that are visible on the wire.
  private static let rows: Set = [
    "A1", "B1", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "C1", "C2", "C3", "C4", "C5", "C6", "C7",
    "C8", "C10", "C11", "D1", "D2", "D3", "D4", "D7", "D8", "D9", "E1", "E2", "E3", "E4", "E5",
    "E6", "E7", "E8", "E9", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "G1", "G2",
    "G3", "G4", "G5", "G6", "G8", "H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "H10",
    "H11",
  ]

  @Test func everyRowHolds() async throws {
    try await withTemporaryFolder { folder in
      let definitions = try write(MeshTask.all, in: folder)
      let logs = folder.appending(path: "logs")
      try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: false)
      let (status, output) = try await Namespaces.run("mesh_live.py", definitions.path, logs.path)
      let lines = output.split(separator: "\n")
      for line in lines where line.hasPrefix("NOTE") { print(line) }
      for line in lines where line.hasPrefix("FAIL") { Issue.record("\(line)") }
      let passed = lines.filter { $0.hasPrefix("PASS") }.map { String($0.split(separator: " ")[1]) }
      #expect(Set(passed) == Self.rows)
      #expect(status == 0, "\(output)")
    }
  }

  /// Returns the folder of the definitions.
  private func write(_ tasks: [MeshTask], in folder: URL) throws -> URL {
    let definitions = folder.appending(path: "definitions")
    try FileManager.default.createDirectory(at: definitions, withIntermediateDirectories: false)
    for task in tasks {
      let file = definitions.appending(path: task.name + ".json")
      try Data(InjectEnvoy.output(task.arguments).utf8).write(to: file)
    }
    return definitions
  }
}

/// The way to make the definition of a task of `Tests/EndToEnd/mesh/plan.py`.
struct MeshTask {
  static let howToGet = "the workshop's files are missing: set SHARED_DIR"

  let name: String
  let arguments: [String]

  static let workshop = Folders.entries(of: Folders.shared("meshes/ecs-workshop")).map(\.path)
    .filter { $0.hasSuffix("-mesh.json") }

  private static let folder = Namespaces.folder.appending(path: "mesh").path

  private static let lab = [
    "discovery", "gateway", "matches", "mesh", "protocols", "retries", "routes", "tls",
  ].map { "\(folder)/meshes/lab/\($0).yaml" }

  static let all = [
    MeshTask("gateway", workshop, ["gateway", "--gateway", "ecsworkshop-vgw"]),
    migrated("frontend", from: "frontend"),
    migrated("nodejs-1", from: "nodejs"),
    injected("nodejs-2", workshop, node: "nodejs", shared("nodejs.before")),
    migrated("crystal", from: "crystal"),
    injected(
      "caller", lab, node: "caller", shared("crystal.before"), "--authority",
      "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/lab=env:CA", "--secret",
      "CA=/lab/ca"),
    injected("red", lab, node: "red", shared("crystal.before")),
    injected("blue", lab, node: "blue", shared("crystal.before")),
    // With several workers, each may have a connection more than the connection pool allows.
    injected("many", lab, node: "many", "\(folder)/taskdefs/many.json", "--concurrency", "1"),
    injected(
      "vault", lab, node: "vault", "\(folder)/taskdefs/vault.json", "--certificate",
      "arn:aws:acm:eu-west-1:111122223333:certificate/vault=env:CHAIN,env:KEY", "--secret",
      "CHAIN=/lab/chain", "--secret", "KEY=/lab/key"),
    MeshTask("edge", lab, ["gateway", "--gateway", "edge"]),
  ]

  private init(_ name: String, _ mesh: [String], _ arguments: [String]) {
    self.name = name
    self.arguments = arguments + mesh.flatMap { ["--mesh-file", $0] }
  }

  private static func shared(_ name: String) -> String {
    Folders.shared("workshop/taskdefs/\(name).json")?.path ?? ""
  }

  /// Removes App Mesh's Envoy from the workshop's task definition. That Envoy names its node.
  private static func migrated(_ name: String, from definition: String) -> MeshTask {
    MeshTask(name, workshop, ["inject", "--replace-foreign", shared("\(definition).after")])
  }

  private static func injected(
    _ name: String, _ mesh: [String], node: String, _ definition: String, _ options: String...
  ) -> MeshTask {
    MeshTask(name, mesh, ["inject", "--node", node] + options + [definition])
  }
}
