import CommandTesting
import Foundation
import LosslessJSON
import RealEnvoy
import Surroundings
import Testing

/// The ECS Workshop's tasks, which have App Mesh's Envoy, with the description of its mesh.
@Suite(
  .needsShared("workshop"), .needsShared("meshes/ecs-workshop"), .needsRealParts,
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"))
struct MeshMigrationTests {
  private static let meshFiles = Folders.entries(of: Folders.shared("meshes/ecs-workshop"))
    .filter { $0.lastPathComponent.hasSuffix("-mesh.json") }
    .flatMap { ["--mesh-file", $0.path] }

  private static let migration = ["--replace-foreign", "--resize"] + meshFiles

  /// The tasks of services. One has no Envoy, because the workshop forgot it.
  private static let tasks = Folders.entries(of: Folders.shared("workshop/taskdefs")).filter {
    let name = $0.lastPathComponent
    return name.hasSuffix(".after.json") && !name.hasPrefix("gateway")
      && name != "nodejs-v2head-asis.after.json"
  }

  private static let templates = Folders.entries(of: Folders.shared("workshop/templates")).filter {
    let name = $0.lastPathComponent
    return name.hasSuffix("-mesh.json") && !name.hasPrefix("gateway")
  }

  @Test func everyTaskGetsWhatAppMeshToldItsNode() async throws {
    let folder = try TemporaryFolder()
    var files: [String] = []
    var bootstraps: [String: Set<String>] = [:]
    #expect(Self.tasks.count >= 15)
    for task in Self.tasks {
      let (input, output) = try migrated(task)
      files.append(try folder.write(input, to: "before-\(task.lastPathComponent)"))
      files.append(try folder.write(output, to: "after-\(task.lastPathComponent)"))
      let service = String(task.lastPathComponent.prefix { $0.isLetter })
      bootstraps[service, default: []].insert(try bootstrap(in: output))
    }
    let problems = try RealParts.outcome(of: "oracle.py", ["model"] + files)
    #expect(problems.status == 0 && problems.output == "", "\(problems.errors)")
    #expect(bootstraps.mapValues(\.count) == ["crystal": 1, "frontend": 1, "nodejs": 1])
    let complaints = try await RealEnvoy.complaints(about: bootstraps.values.flatMap(\.self))
    #expect(complaints == [])
  }

  /// The node's ARN refers to a resource whose mesh another stack exports.
  @Test(arguments: templates) func everyTemplateFindsItsNode(_ template: URL) throws {
    let service = template.lastPathComponent.prefix { $0.isLetter }
    let (_, output) = try migrated(template)
    #expect(output.contains("\"mesh/ecs-mesh/virtualNode/\(service)\""))
  }

  @Test func theGatewayIsPrintedAnew() async throws {
    let file = try #require(Folders.shared("workshop/taskdefs/gateway.after.json"))
    let refused = try Outcome.ofCommand(Self.migration, input: Folders.text(file))
    #expect(refused.status == 1)
    #expect(
      refused.errors.contains("'inject-envoy gateway --mesh-file FILE --gateway ecsworkshop-vgw'"))
    let printed = try Outcome.ofCommand(
      ["gateway", "--gateway", "ecsworkshop-vgw"] + Self.meshFiles)
    #expect(printed.status == 0, "\(printed.errors)")
    #expect(try await RealEnvoy.complaints(about: [bootstrap(in: printed.output)]) == [])
  }

  /// Migrates a task, and checks that this can be repeated and undone.
  private func migrated(_ file: URL) throws -> (input: String, output: String) {
    let input = try Folders.text(file)
    let once = try Outcome.ofCommand(Self.migration, input: input)
    #expect(once.status == 0, "\(file.lastPathComponent): \(once.errors)")
    #expect(!once.output.contains("aws-appmesh-envoy"))
    let twice = try Outcome.ofCommand(Self.meshFiles + ["--resize"], input: once.output)
    #expect(twice.output == once.output, "\(file.lastPathComponent): \(twice.errors)")
    let back = try Outcome.ofCommand(["uninject"], input: once.output)
    let plain = try Outcome.ofCommand(["uninject", "--foreign"], input: input)
    #expect(back.output == plain.output, "\(file.lastPathComponent)")
    return (input, once.output)
  }

  /// The configuration in the last container.
  private func bootstrap(in task: String) throws -> String {
    let document = try Document(Array(task.utf8))
    let containers = document.value(document.root)["containerDefinitions"]?.array
    let command = containers?.last?["command"]?.array?.compactMap(\.string) ?? []
    let flag = try #require(command.firstIndex(of: "--config-yaml"))
    return try #require(command[flag...].dropFirst().first)
  }
}
