import Foundation
import RealEnvoy
import Testing

/// A task whose Envoy asks Cloud Map and S3 itself, with moto as AWS. `Tests/EndToEnd/living` describes what is
/// expected.
@Suite(
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"),
  .enabled(if: Namespaces.areExpected, "\(Namespaces.howToGet)"))
struct LivingTaskTests {
  @Test func endpointsAndWeightsChangeWhileTheTaskRuns() throws {
    try withTemporaryFolder { folder in
      let living = Namespaces.folder.appending(path: "living").path
      let definition = folder.appending(path: "web.json")
      let injected = try InjectEnvoy.output([
        "--mesh-file", "\(living)/mesh.yaml", "--node", "web", "--live", "s3://mesh-objects/shop",
        "--live-interval", "1", "--discover-interval", "1", "\(living)/web.json",
      ])
      try Data(injected.utf8).write(to: definition)
      let (status, output) = try Namespaces.run("living_task.py", definition.path, folder.path)
      let lines = output.split(separator: "\n")
      for line in lines where line.hasPrefix("NOTE") { print(line) }
      for line in lines where line.hasPrefix("FAIL") { Issue.record("\(line)") }
      #expect(lines.count { $0.hasPrefix("PASS") } > 50)
      #expect(status == 0, "\(output.suffix(5000))")
    }
  }
}
