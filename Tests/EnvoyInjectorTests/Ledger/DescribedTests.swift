import Foundation
import LawTesting
import LosslessJSON
import TaskDefinitions
import Testing

@testable import EnvoyInjector

/// ECS returns task definitions with a different order and white space, and with empty lists. Uninject must
/// still work.
@Suite struct DescribedTests {
  @Test(arguments: GoldenCase.all)
  func uninjectGivesTheOriginalValue(_ golden: GoldenCase) throws {
    let input = try golden.input
    guard let injector = try? golden.injector(),
      let injection = try? injector.inject(input), injection.outcome == .injected
    else { return }
    let document = try DocumentFormat.read(injection.output)
    // ECS never sees a template, or only a list of containers.
    guard document.member("containerDefinitions", of: document.root) != nil else { return }
    let answer = Self.described(document.value(document.root).sorted)
    let back = try Injector.uninject(
      Array(answer.prettyText.utf8), patches: injector.patches)
    #expect(back.warnings == [])
    let original = try Laws.plain(input, foreign: golden.replacesForeign)
    let plain = try DocumentFormat.read(original)
    #expect(
      try Self.essence(EditOracle.parse(back.text)) == Self.essence(plain.value(plain.root)))
  }

  /// The value as ECS describes it.
  private static func described(_ value: JSONValue) -> JSONValue {
    var members = value.object ?? []
    for name in ["volumes", "placementConstraints"] where value[name] == nil {
      members.append(JSONValue.Member(name, []))
    }
    members.append(JSONValue.Member("revision", 7))
    for index in members.indices where members[index].name == "containerDefinitions" {
      members[index].value = .array(
        (members[index].value.array ?? []).map { container in
          let absent = ["environment", "mountPoints", "volumesFrom", "systemControls"].filter {
            container[$0] == nil
          }
          return .object(
            (container.object ?? []) + absent.map { JSONValue.Member($0, []) })
        })
    }
    return ["taskDefinition": .object(members), "tags": []]
  }

  /// The value without the members that a description adds or drops.
  private static func essence(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      .object(
        members.map { JSONValue.Member($0.name, essence($0.value)) }
          .filter { ![.null, .array([])].contains($0.value) }
          .sorted { $0.name < $1.name })
    case .array(let elements): .array(elements.map(essence))
    default: value
    }
  }
}
