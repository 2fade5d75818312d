import CommandTesting
import Foundation
import LosslessJSON
import Testing

/// The ECS Workshop's own task definitions come out as values, mistakes included, given its
/// settings: each is a line of a configuration file.
@Suite(.enabled(if: Workshop.shared != nil, Workshop.howToGet))
struct WorkshopGatewayTests {
  @Test(arguments: ["gateway", "gateway-xray"]) func comesOut(_ name: String) throws {
    let settings = Workshop.package
      .appendingPathComponent("testdata/workshop-settings/\(name).yaml").path
    let outcome = try Outcome.ofCommand(["gateway", "--config", settings])
    let file = try #require(Workshop.shared)
      .appendingPathComponent("workshop/taskdefs/\(name).after.json")
    let expected = try Document(Array(Data(contentsOf: file)))
    let made = try Document(Array(outcome.output.utf8))
    #expect(made.value(made.root).withoutMark.isEquivalent(to: expected.value(expected.root)))
  }
}

/// The workshop's documents, beside the package or where SHARED_DIR says.
private enum Workshop {
  static let howToGet: Comment =
    "the workshop's task definitions are not part of this package: set SHARED_DIR"

  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let shared: URL? = {
    let beside = package.deletingLastPathComponent().appendingPathComponent("shared").path
    let named = ProcessInfo.processInfo.environment["SHARED_DIR"]
    return [named, beside].compactMap { $0 }.map { URL(fileURLWithPath: $0) }
      .first { FileManager.default.fileExists(atPath: $0.path + "/workshop") }
  }()
}

extension JSONValue {
  /// Without the labels by which the tool knows its work.
  fileprivate var withoutMark: JSONValue {
    let containers = self["containerDefinitions"]?.array ?? []
    return merging([
      "containerDefinitions": .array(containers.map { $0.merging(["dockerLabels": .null]) })
    ])
  }
}
