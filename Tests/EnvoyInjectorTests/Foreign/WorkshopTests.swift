import Foundation
import LosslessJSON
import Surroundings
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// The ECS Workshop's App Mesh, as its CDK code creates it. Removing it gives the original task.
@Suite(
  .enabled(
    if: Folders.shared("workshop/taskdefs") != nil,
    "no ../shared/workshop, and SHARED_DIR names none"))
struct WorkshopTests {
  /// Tasks whose step changed more than Envoy: the CDK pattern, and so names and roles.
  private static let rebuilt = [
    "frontend", "frontend-xray", "frontend-v2head-fixed2",
    "frontend-v2head-fixed2-xray",
  ]

  static let pairs: [String] = {
    let names =
      Folders.shared("workshop/taskdefs").map { Folders.entries(of: $0).map(\.lastPathComponent) }
      ?? []
    let suffix = ".before.json"
    return names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
      .filter { !rebuilt.contains($0) && !$0.hasPrefix("gateway") }
  }()

  @Test(arguments: pairs) func givesBackWhatWasThere(_ name: String) throws {
    let (before, after) = (try bytes("\(name).before"), try bytes("\(name).after"))
    // If the task before already had an Envoy and only got a tracing daemon, both are removed on each side.
    #expect(try plain(after) == plain(before))
    if !name.contains("addxray") { #expect(try value(before) == plain(after)) }
  }

  @Test(arguments: rebuilt) func leavesOneContainerWithoutDependencies(_ name: String) throws {
    let containers = try plain(bytes("\(name).after"))["containerDefinitions"]?.array
    #expect(containers?.count == 1)
    #expect(containers?.first?["dependsOn"] == nil)
  }

  @Test func checkKnowsItsMistakes() throws {
    let check = Injector(InjectionOptions()).check(try bytes("crystal-noproxy.after"))
    #expect(check.state == .foreign)
    #expect(
      check.findings.map(\.code) == [
        "nofile-too-low", "old-envoy-image", "app-mesh-ended", "unread-variable",
        "nothing-redirected", "foreign-envoy",
      ])
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    try #require(
      Folders.shared("workshop/taskdefs").flatMap {
        Folders.bytes($0.appendingPathComponent("\(name).json"))
      })
  }

  private func plain(_ bytes: [UInt8]) throws -> JSONValue {
    try value(Injector.uninject(bytes, foreign: true).output)
  }

  private func value(_ bytes: [UInt8]) throws -> JSONValue {
    let document = try Document(bytes)
    return document.value(document.root)
  }
}
