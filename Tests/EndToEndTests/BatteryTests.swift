import Foundation
import RealEnvoy
import Surroundings
import Testing

/// The differences that an application can see: exchanges are made directly and through the sidecar, and
/// compared byte by byte. The exchanges and the table of allowed differences are in
/// `Tests/EndToEnd/battery`.
///
/// The test takes two minutes, so it runs only if SLOW_PROOFS is set.
@Suite(
  .enabled(if: SlowProofs.areWanted, "\(SlowProofs.howToGet)"),
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"),
  .enabled(if: Namespaces.areExpected, "\(Namespaces.howToGet)"))
struct BatteryTests {
  @Test(.timeLimit(.minutes(4))) func anApplicationCannotTell() async throws {
    try await withTemporaryFolder { folder in
      let definition = Namespaces.folder.appending(path: "taskdefs/battery.json").path
      let file = folder.appending(path: "taskdef.json")
      try Data(InjectEnvoy.output([definition]).utf8).write(to: file)
      let (status, output) = try await Namespaces.run("run_battery.py", file.path, folder.path)
      for line in output.split(separator: "\n") where line.hasPrefix("NOTE") { print(line) }
      let failures = output.split(separator: "\n").filter { !$0.hasPrefix("PASS") }
      #expect(status == 0, "\(failures.joined(separator: "\n"))")
    }
  }
}

/// The load that a sidecar with default options holds, and that an attacker can make it hold: see
/// `Tests/EndToEnd/bounds.py`.
@Suite(
  .enabled(if: SlowProofs.areWanted, "\(SlowProofs.howToGet)"),
  .enabled(if: RealEnvoy.isExpected, "\(RealEnvoy.howToGet)"),
  .enabled(if: Namespaces.areExpected, "\(Namespaces.howToGet)"),
  .serialized)
struct BoundsTests {
  @Test(.timeLimit(.minutes(4)), arguments: ["uploads", "heads", "kept", "sockets"])
  func holds(_ scenario: String) async throws {
    try await withTemporaryFolder { folder in
      let definition = Namespaces.folder.appending(path: "taskdefs/held.json").path
      let file = folder.appending(path: "taskdef.json")
      try Data(InjectEnvoy.output([definition]).utf8).write(to: file)
      let (status, output) = try await Namespaces.run(
        "end_to_end.py", scenario, file.path, folder.path)
      #expect(status == 0, "\(output)")
      for line in output.split(separator: "\n") where line.hasPrefix("NOTE") { print(line) }
    }
  }
}
